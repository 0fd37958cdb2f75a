import { entryOf, openTestLedger } from './costs.test-support.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { openLedgerNumbers } from './watched-calls.ts'

/** A ledger whose numbers are watched. Its calls are plain: no labels, no usage, asked for by an alias. */
export async function openWatchedLedger(startedAt: number) {
  const { store, ledger } = await openTestLedger()
  const call = async (changed: Partial<LedgerEntry> = {}): Promise<LedgerEntry> => {
    const entry = entryOf({
      startedAt,
      labels: { feature: null, project: null, session: null },
      model: 'fast',
      providerId: 'openai',
      providerModel: 'gpt',
      usage: null,
      promptCacheSavedNanoUsd: null,
      durationMs: 100,
      ...changed
    })
    await ledger.book(entry)
    return entry
  }
  return { store, call, numbers: openLedgerNumbers({ store }) }
}
