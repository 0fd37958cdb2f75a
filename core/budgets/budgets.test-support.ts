import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type SaveBudget, saveBudgetSchema } from '../contract/budgets.ts'
import { openLedger } from '../costs/ledger.ts'
import type { LedgerEntry } from '../costs/ledger-entry.ts'
import { SpendingRepository } from '../costs/spending-repository.ts'
import { silentLogger } from '../lib/logger.ts'
import { openStore } from '../store/open-store.ts'
import { openBudgets, type ThresholdReached } from './budgets.ts'

/** A budget that refuses what is over ten dollars of a month, changed by what is given. */
export const budgetOf = (changed: Partial<SaveBudget> = {}) =>
  saveBudgetSchema.parse({
    name: 'Month',
    scope: { kind: 'all' },
    limitNanoUsd: 10_000_000_000,
    period: 'month',
    actions: [{ kind: 'refuse' }],
    ...changed
  })

/** Data folders that are gone after the test. */
export function budgetsFolder(now: () => number = Date.now) {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-budgets-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return {
    /** Budgets beside the ledger they count; again on the same folder, as after a restart. */
    async open() {
      const store = await openStore({ dataDir, logger: silentLogger })
      const ledger = openLedger({ store })
      const spending = new SpendingRepository(store.homeport)
      const reached: ThresholdReached[] = []
      const budgets = openBudgets({
        store,
        spentSince: (scope, since) => spending.spentSince(scope, since),
        onThreshold: (threshold) => void reached.push(threshold),
        onChange: () => {},
        logger: silentLogger,
        now
      })
      const book = (entry: LedgerEntry): Promise<void> => {
        const written = ledger.book(entry)
        budgets.book(entry, written)
        return written
      }
      let closing: Promise<void> | null = null
      const close = (): Promise<void> => {
        closing ??= store.close()
        return closing
      }
      onTestFinished(close)
      return { budgets, ledger, reached, book, close }
    }
  }
}

/** A call of a program that cost a dollar, changed by what is given. */
export const entryOf = (traceId: string, changed: Partial<LedgerEntry> = {}): LedgerEntry => ({
  traceId,
  startedAt: Date.now(),
  caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
  labels: { feature: null, project: null, session: null },
  requestHash: null,
  dialect: 'openai-chat',
  stream: false,
  model: 'openai/gpt-5',
  providerId: 'openai',
  providerModel: 'gpt-5',
  servedModel: null,
  status: 'ok',
  usage: null,
  cost: { kind: 'priced', nanoUsd: 1_000_000_000, source: 'test' },
  promptCacheSavedNanoUsd: null,
  cache: null,
  savedNanoUsd: null,
  durationMs: 10,
  firstTokenMs: null,
  ...changed
})
