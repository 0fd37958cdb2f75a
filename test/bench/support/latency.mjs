import { median, percentile, round } from './statistics.mjs'

/** Every target's figure less that of a direct call. */
function beyondDirect(figures) {
  const others = Object.entries(figures).filter(([name]) => name !== 'direct')
  return Object.fromEntries(others.map(([name, value]) => [name, round(value - figures.direct, 3)]))
}

const mapValues = (object, map) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]))

/** Whole plain answers, so many at a time: what each way adds to a direct call, and how many it takes a second. */
export async function compareLatency(clients, { rounds, count, concurrency, limitMs }) {
  const p50s = mapValues(clients, () => [])
  const p99s = mapValues(clients, () => [])
  const perSecond = mapValues(clients, () => [])
  for (let round = 0; round < rounds; round++)
    for (const [name, client] of Object.entries(clients)) {
      const started = performance.now()
      const times = await client.run(count, concurrency, { stream: false }, limitMs)
      perSecond[name].push((times.length / (performance.now() - started)) * 1000)
      p50s[name].push(median(times))
      p99s[name].push(percentile(times, 99))
    }
  return {
    addedP50Ms: beyondDirect(mapValues(p50s, median)),
    addedP99Ms: beyondDirect(mapValues(p99s, median)),
    perSecond: mapValues(perSecond, (values) => round(median(values), 0))
  }
}

/** Time to the first token that each way adds: calls made in turn, one at a time. */
export async function compareFirstToken(clients, calls) {
  const times = mapValues(clients, () => [])
  for (let call = 0; call < calls; call++)
    for (const [name, client] of Object.entries(clients)) {
      const { firstTokenMs } = await client.ask({ stream: true })
      if (call >= calls / 10) times[name].push(firstTokenMs)
    }
  return beyondDirect(mapValues(times, median))
}
