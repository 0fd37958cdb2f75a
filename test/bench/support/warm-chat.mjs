import { median, round } from './statistics.mjs'

const TURNS = 10
const ANSWER_TOKENS = 24

/**
 * How long the first token of a chat's tenth turn takes, when all turns before it were asked of the same engine, and when
 * another chat of the same length was not: it differs from its first word on, so nothing evaluated before is of use. After
 * one, no round begins that would, as long as those before, not end within `limitMs`.
 */
export async function compareWarmChat(client, { rounds, limitMs, questionOf, systemOf }) {
  const warm = []
  const cold = []
  let usage
  const began = performance.now()
  const hasTime = (done) => (performance.now() - began) * (1 + 1 / done) < limitMs
  for (let number = 0; number < rounds && (number < 1 || hasTime(number)); number++) {
    const messages = [{ role: 'system', content: systemOf(`warm ${number}`) }]
    for (let turn = 1; turn < TURNS; turn++) {
      messages.push({ role: 'user', content: questionOf(`${number} ${turn}`) })
      const { content } = await client.ask(messages, ANSWER_TOKENS)
      messages.push({ role: 'assistant', content })
    }
    messages.push({ role: 'user', content: questionOf(`${number} last`) })
    const tenth = await client.ask(messages, ANSWER_TOKENS)
    const another = [{ role: 'system', content: systemOf(`cold ${number}`) }, ...messages.slice(1)]
    const first = await client.ask(another, ANSWER_TOKENS)
    warm.push(tenth.firstTokenMs)
    cold.push(first.firstTokenMs)
    usage = tenth.usage
  }
  return {
    rounds: warm.length,
    promptTokens: usage.prompt_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    warmMs: round(median(warm), 1),
    coldMs: round(median(cold), 1),
    ratio: round(median(warm.map((ms, number) => ms / cold[number])), 3)
  }
}
