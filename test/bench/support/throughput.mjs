import { cpuMs } from './processes.mjs'
import { median, round } from './statistics.mjs'

/**
 * Tokens per second over the port and of the binding used directly. Rounds visit both in turn, the first place changing, so
 * that a noisy minute hits both alike; `ratio` is the median of what each round's two come to. After two, no round begins that
 * would, as long as those before, not end within `limitMs`. `cpuMsPerToken` is what each process computed: where others use
 * the machine, it says more than the time that passed.
 */
export async function compareThroughput(sides, { rounds, clients, maxTokens, limitMs, chatOf }) {
  const perSecond = { port: [], direct: [] }
  const cpu = Object.fromEntries(
    Object.values(sides).flatMap(({ processes }) => Object.keys(processes).map((process) => [process, []]))
  )
  const began = performance.now()
  const hasTime = (done) => (performance.now() - began) * (1 + 1 / done) < limitMs
  const visit = async (name, number) => {
    const { answer, processes } = sides[name]
    const chats = Array.from({ length: clients }, (_, index) => chatOf(`${name} ${number} ${index}`))
    const used = Object.entries(processes).map(([process, pid]) => [process, pid, cpuMs(pid)])
    const { tokens, ms } = await answer(chats, maxTokens)
    if (tokens !== clients * maxTokens)
      throw new Error(`${name}: ${tokens} tokens where ${clients * maxTokens} were asked for`)
    perSecond[name].push((tokens / ms) * 1000)
    for (const [process, pid, before] of used) cpu[process].push((cpuMs(pid) - before) / tokens)
  }
  for (let number = 0; number < rounds && (number < 2 || hasTime(number)); number++) {
    const order = number % 2 === 0 ? ['port', 'direct'] : ['direct', 'port']
    for (const name of order) await visit(name, number)
  }
  const ratios = perSecond.port.map((value, number) => value / perSecond.direct[number])
  return {
    clients,
    rounds: ratios.length,
    port: round(median(perSecond.port), 1),
    direct: round(median(perSecond.direct), 1),
    ratio: round(median(ratios), 3),
    ratios: ratios.map((ratio) => round(ratio, 3)),
    cpuMsPerToken: Object.fromEntries(
      Object.entries(cpu).map(([process, values]) => [process, round(median(values))])
    )
  }
}
