import type { AnswerInfo } from '../../../core/contract/chats.ts'
import { formatCost } from '../format/money.ts'
import { formatDurationShort } from '../format/time.ts'
import { formatCount, formatSpeed, tokensPerSecond } from '../format/tokens.ts'

export interface Fact {
  text: string
  /** The whole, where the text is short for it. */
  title?: string
}

/** What stands under an answer, quietly: time to first token, speed, cost, tokens. The model stands before them. */
export function answerFacts(info: AnswerInfo): Fact[] {
  const facts: Fact[] = []
  const { firstTokenMs, durationMs, usage, cost } = info
  if (firstTokenMs !== null) facts.push({ text: `${formatDurationShort(firstTokenMs)} to first token` })
  const speed = usage ? tokensPerSecond(usage.output.total, firstTokenMs, durationMs) : null
  if (speed !== null) facts.push({ text: formatSpeed(speed) })
  if (cost) {
    const source = cost.kind === 'priced' ? { title: `Price from ${cost.source}` } : {}
    facts.push({ text: formatCost(cost), ...source })
  }
  if (usage) {
    const { input, output } = usage
    const cached = input.cacheRead > 0 ? `, ${formatCount(input.cacheRead)} of the prompt from cache` : ''
    const title = `${formatCount(input.total)} tokens in, ${formatCount(output.total)} out${cached}`
    facts.push({ text: `${formatCount(output.total)} tokens`, title })
  }
  return facts
}
