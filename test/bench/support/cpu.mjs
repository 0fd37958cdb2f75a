import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMs } from './processes.mjs'
import { median, round } from './statistics.mjs'

const SETTLE_MS = 100

/** Waits until a process has nothing left to do: its writes are then on disk. */
async function untilIdle(pid) {
  for (let before = cpuMs(pid); ; ) {
    await sleep(SETTLE_MS)
    const now = cpuMs(pid)
    if (now - before < 2) return
    before = now
  }
}

async function cpuPerRequest({ pid, client }, { count, concurrency, limitMs, ...request }) {
  await untilIdle(pid)
  const before = cpuMs(pid)
  const { length } = await client.run(count, concurrency, request, limitMs)
  await untilIdle(pid)
  return (cpuMs(pid) - before) / length
}

/**
 * CPU per request of the floor and of Homeport, in ms, all threads: medians over rounds that visit both in turn, so that
 * a noisy minute hits both alike.
 */
export async function compareCpu({ floor, homeport }, { rounds, warmUp, ...scenario }) {
  const measured = { floor: [], homeport: [] }
  for (const { client } of [floor, homeport])
    await client.run(warmUp, scenario.concurrency, scenario, 3 * scenario.limitMs)
  for (let visit = 0; visit < rounds; visit++) {
    measured.floor.push(await cpuPerRequest(floor, scenario))
    measured.homeport.push(await cpuPerRequest(homeport, scenario))
  }
  const floorMs = median(measured.floor)
  const homeportMs = median(measured.homeport)
  return { floorMs: round(floorMs, 3), homeportMs: round(homeportMs, 3), ratio: round(homeportMs / floorMs) }
}
