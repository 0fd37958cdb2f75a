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

/** What was called and how it went, in numbers over a scope and a time. Each lets what else waits go first. */
export interface LedgerNumbers {
  /** `failed`: ended in an error, or broken off. `nanoUsd`: of calls with a known price. */
  sums(scope: WatchedScope, period: WatchedPeriod): Promise<WatchedSums>
  /** `provider/model` of those with at least so many calls that succeeded. */
  models(scope: WatchedScope, period: WatchedPeriod, leastCalls: number): Promise<string[]>
  /** Milliseconds, by nearest rank, over the newest 10,000 calls that succeeded; null with fewer than `leastCalls`. */
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
    sums: (...of) => inTurn(() => repository.sums(...of)),
    models: (...of) => inTurn(() => repository.models(...of)),
    percentileMs: (...of) => inTurn(() => repository.percentileMs(...of)),
    lastCallAt: (...of) => inTurn(() => repository.lastCallAt(...of)),
    behind: (...of) => inTurn(() => repository.behind(...of))
  }
}
