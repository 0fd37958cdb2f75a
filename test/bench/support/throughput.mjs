import { median, round } from './statistics.mjs'

/**
 * Tokens per second over the port and of the binding used directly. Rounds visit both in turn, the first place changing, so
 * that a noisy minute hits both alike; `ratio` is the median of what each round's two come to. After two, no round begins that
 * would, as long as those before, not end within `limitMs`.
 */
export async function compareThroughput({ port, direct }, { rounds, clients, maxTokens, limitMs, chatOf }) {
  const measured = { port: [], direct: [] }
  const began = performance.now()
  const hasTime = (done) => (performance.now() - began) * (1 + 1 / done) < limitMs
  const visit = async (name, round) => {
    const target = name === 'port' ? port : direct
    const chats = Array.from({ length: clients }, (_, index) => chatOf(`${name} ${round} ${index}`))
    const { tokens, ms } = await target(chats, maxTokens)
    if (tokens !== clients * maxTokens)
      throw new Error(`${name}: ${tokens} tokens where ${clients * maxTokens} were asked for`)
    measured[name].push((tokens / ms) * 1000)
  }
  for (let number = 0; number < rounds && (number < 2 || hasTime(number)); number++) {
    const order = number % 2 === 0 ? ['port', 'direct'] : ['direct', 'port']
    for (const name of order) await visit(name, number)
  }
  const ratios = measured.port.map((value, number) => value / measured.direct[number])
  return {
    clients,
    rounds: ratios.length,
    port: round(median(measured.port), 1),
    direct: round(median(measured.direct), 1),
    ratio: round(median(ratios), 3),
    ratios: ratios.map((ratio) => round(ratio, 3))
  }
}
