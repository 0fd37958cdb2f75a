import { setTimeout as sleep } from 'node:timers/promises'
import { openFiles, residentMb } from './processes.mjs'
import { median, round } from './statistics.mjs'

const SAMPLES = 40
const CONCURRENCY = 16

/**
 * Streams for so long, of which every other one is left at some point by its client. Memory is compared between the second
 * and the last quarter: by the second, caches and pools have filled.
 */
export async function soak({ pid, client }, { ms, idleMs }) {
  const filesBefore = openFiles(pid)
  const samples = []
  const counts = { calls: 0, cancelled: 0 }
  const deadline = performance.now() + ms
  const worker = async (number) => {
    for (let call = number; performance.now() < deadline; call++) {
      const leaveAfterMs = call % 2 === 0 ? undefined : (call * 37) % 250
      const { left } = await client.ask({ stream: true, ...(leaveAfterMs !== undefined && { leaveAfterMs }) })
      counts.calls++
      if (left) counts.cancelled++
    }
  }
  const sampling = (async () => {
    for (let sample = 0; sample < SAMPLES; sample++) {
      await sleep(ms / SAMPLES)
      samples.push(residentMb(pid))
    }
  })()
  await Promise.all([sampling, ...Array.from({ length: CONCURRENCY }, (_, number) => worker(number))])
  client.close()
  // idle connections to the upstream close after a few seconds
  await sleep(idleMs)
  const quarter = SAMPLES / 4
  const early = median(samples.slice(quarter, 2 * quarter))
  const late = median(samples.slice(-quarter))
  return {
    seconds: ms / 1000,
    ...counts,
    rssPeakMb: round(Math.max(...samples), 1),
    grownMb: round(late - early, 1),
    filesLeftOpen: openFiles(pid) - filesBefore
  }
}
