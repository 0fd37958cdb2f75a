import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store } from '../store/store.ts'
import {
  type WatchedCall,
  WatchedCallsRepository,
  type WatchedOrder,
  type WatchedPeriod,
  type WatchedScope,
  type WatchedSums
} from './watched-calls-repository.ts'

const HALF_DAY_MS = 12 * 60 * 60_000

/** What was called and how it went, in numbers over a scope and a time. Long ones are read in parts: others go in between. */
export interface LedgerNumbers {
  /** `failed`: ended in an error, or broken off. `nanoUsd`: of calls with a known price. */
  sums(scope: WatchedScope, period: WatchedPeriod): Promise<WatchedSums>
  /**
   * `provider/model` of those with at least so many calls that succeeded, in the period or within the quarters of an hour in
   * which it begins and ends: `percentileMs` counts exactly.
   */
  models(scope: WatchedScope, period: WatchedPeriod, leastCalls: number): Promise<string[]>
  /**
   * Milliseconds, by nearest rank, over calls that succeeded, up to 500 of each day; null with fewer than `leastCalls`.
   */
  percentileMs(
    scope: WatchedScope,
    period: WatchedPeriod,
    share: number,
    leastCalls: number
  ): Promise<number | null>
  /** Milliseconds UTC. */
  lastCallAt(scope: WatchedScope): Promise<number | null>
  behind(scope: WatchedScope, period: WatchedPeriod, by: WatchedOrder): Promise<WatchedCall | null>
}

export function openLedgerNumbers({ store }: { store: Pick<Store, 'homeport'> }): LedgerNumbers {
  const repository = new WatchedCallsRepository(store.homeport)
  const inTurn = async <T>(read: () => T): Promise<T> => {
    await nextTurn()
    return read()
  }
  return {
    async sums(scope, period) {
      const total = { calls: 0, failed: 0, nanoUsd: 0 }
      for (const part of partsOf(period, HALF_DAY_MS)) {
        const { calls, failed, nanoUsd } = await inTurn(() => repository.sums(scope, part))
        total.calls += calls
        total.failed += failed
        total.nanoUsd += nanoUsd
      }
      return total
    },
    models: (...of) => inTurn(() => repository.models(...of)),
    async percentileMs(scope, period, share, leastCalls) {
      const durations: number[] = []
      for (const part of partsOf(period, 2 * HALF_DAY_MS))
        durations.push(...(await inTurn(() => repository.durations(scope, part))))
      if (durations.length < leastCalls) return null
      durations.sort((a, b) => a - b)
      return durations[Math.ceil(durations.length * share) - 1] ?? null
    },
    lastCallAt: (...of) => inTurn(() => repository.lastCallAt(...of)),
    behind: (...of) => inTurn(() => repository.behind(...of))
  }
}

/** A period cut at every multiple of so many milliseconds. */
function partsOf({ from, until }: WatchedPeriod, ms: number): WatchedPeriod[] {
  const parts: WatchedPeriod[] = []
  for (let start = from; start < until; ) {
    const end = Math.min((Math.floor(start / ms) + 1) * ms, until)
    parts.push({ from: start, until: end })
    start = end
  }
  return parts
}
