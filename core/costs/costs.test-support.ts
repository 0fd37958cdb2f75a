import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Usage } from '../contract/usage.ts'
import { newTraceId } from '../lib/ids.ts'
import { silentLogger } from '../lib/logger.ts'
import { openStore } from '../store/open-store.ts'
import { openLedger } from './ledger.ts'
import type { LedgerEntry } from './ledger-entry.ts'

/** Usage in the normalised shape; what is not given is zero, the totals are sums. */
export function usageOf(counts: {
  noCache?: number
  cacheRead?: number
  cacheWrite5m?: number
  cacheWrite1h?: number
  text?: number
  reasoning?: number
}): Usage {
  const { noCache = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, text = 0, reasoning = 0 } = counts
  return {
    input: {
      total: noCache + cacheRead + cacheWrite5m + cacheWrite1h,
      noCache,
      cacheRead,
      cacheWrite5m,
      cacheWrite1h
    },
    output: { total: text + reasoning, text, reasoning }
  }
}

/** A ledger in a folder of its own, for one test. */
export async function openTestLedger() {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-ledger-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  return { store, ledger: openLedger({ store }) }
}

/** A call of gpt-4o by a program, booked at 1000 nano-USD. */
export const entryOf = (changed: Partial<LedgerEntry> = {}): LedgerEntry => ({
  traceId: newTraceId(),
  startedAt: 1_800_000_000_000,
  caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
  labels: { feature: 'titles', project: 'site', session: 'talk-1' },
  requestHash: new Uint8Array(16).fill(7),
  dialect: 'openai-chat',
  stream: true,
  model: 'up/gpt-4o',
  providerId: 'up',
  providerModel: 'gpt-4o',
  servedModel: 'gpt-4o-2024-08-06',
  status: 'ok',
  usage: {
    ...usageOf({ noCache: 10, cacheRead: 20, cacheWrite5m: 3, cacheWrite1h: 4, text: 5, reasoning: 6 }),
    tier: 'flex',
    units: { webSearches: 2 }
  },
  cost: { kind: 'priced', nanoUsd: 1000, source: 'models.dev, 2026-07-02' },
  promptCacheSavedNanoUsd: 70,
  cache: null,
  savedNanoUsd: null,
  durationMs: 12.345,
  firstTokenMs: 3.25,
  ...changed
})
