import type { SpendToday } from '../contract/traces.ts'
import type { Store } from '../store/store.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { type CacheSavings, type Correction, LedgerRepository } from './ledger-repository.ts'

/** The book of what was called and what it cost. */
export interface Ledger {
  /** Resolves when the entry is on disk; rejects if the call was already booked. */
  book(entry: LedgerEntry): Promise<void>
  /**
   * Lets calls cost something else from now on; what was booked first is kept beside it. Leaves alone what cost nothing:
   * calls on this machine and answers out of the cache. `at` is the time of the correction, milliseconds UTC.
   */
  correct(corrections: readonly Correction[], at: number): Promise<void>
  /** Totals of all calls started at or after a time (milliseconds UTC). */
  spendSince(startedAt: number): SpendToday
  /** Of all calls ever. */
  cacheSavings(): CacheSavings
}

export function openLedger({ store }: { store: Pick<Store, 'write' | 'homeport'> }): Ledger {
  const repository = new LedgerRepository(store, store.homeport)
  return {
    book: (entry) => repository.insert(entry),
    correct: (corrections, at) => repository.correct(corrections, at),
    spendSince: (startedAt) => repository.spendSince(startedAt),
    cacheSavings: () => repository.savings()
  }
}
