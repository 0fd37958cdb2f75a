import type { AnswerInfo } from '../../../core/contract/chats.ts'
import { formatCost } from '../format/money.ts'
import { formatDurationShort } from '../format/time.ts'
import { formatCount, formatSpeed, tokensPerSecond } from '../format/tokens.ts'

export interface Fact {
  text: string
  /** The whole, where the text is short for it. */
  title?: string
}

/** What stands under an answer, quietly: time to first token, speed, tokens, cost. The model is shown beside them. */
export function answerFacts(info: AnswerInfo): Fact[] {
  const facts: Fact[] = []
  if (info.firstTokenMs !== null)
    facts.push({ text: `${formatDurationShort(info.firstTokenMs)} to first token` })
  if (info.usage) {
    const { input, output } = info.usage
    const speed = tokensPerSecond(output.total, info.firstTokenMs, info.durationMs)
    if (speed !== null) facts.push({ text: formatSpeed(speed) })
    const cached = input.cacheRead > 0 ? `, ${formatCount(input.cacheRead)} of the prompt from cache` : ''
    facts.push({
      text: `${formatCount(output.total)} tokens`,
      title: `${formatCount(input.total)} tokens in, ${formatCount(output.total)} out${cached}`
    })
  }
  if (info.cost) {
    const source = info.cost.kind === 'priced' ? { title: `Price from ${info.cost.source}` } : {}
    facts.push({ text: formatCost(info.cost), ...source })
  }
  return facts
}
