import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Notice, SaveAlert } from '../contract/alerts.ts'
import { saveAlertSchema } from '../contract/alerts.ts'
import { openLedger } from '../costs/ledger.ts'
import type { LedgerEntry } from '../costs/ledger-entry.ts'
import { openLedgerNumbers } from '../costs/watched-calls.ts'
import { newTraceId } from '../lib/ids.ts'
import { silentLogger } from '../lib/logger.ts'
import { type OpenedStore, openStore } from '../store/open-store.ts'
import type { WatchedBudget, WatchedModel } from './alert-sources.ts'
import { type Alerts, openAlerts } from './alerts.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Wednesday, at no round time. */
export const START = Date.UTC(2026, 9, 14, 9, 7, 31)

export async function openTestStore(): Promise<OpenedStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-alerts-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  return store
}

/** A real ledger, and books calls of a millionth of a dollar into it unless told otherwise. */
export function testCalls(store: OpenedStore) {
  const ledger = openLedger({ store })
  const call = async (changed: Partial<LedgerEntry> = {}): Promise<string> => {
    const entry: LedgerEntry = {
      traceId: newTraceId(),
      startedAt: START,
      caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
      labels: { feature: null, project: null, session: null },
      requestHash: null,
      dialect: 'openai-chat',
      stream: false,
      model: 'fast',
      providerId: 'openai',
      providerModel: 'gpt',
      servedModel: null,
      status: 'ok',
      usage: null,
      cost: { kind: 'priced', nanoUsd: 1000, source: 'test' },
      promptCacheSavedNanoUsd: null,
      cache: null,
      savedNanoUsd: null,
      durationMs: 100,
      firstTokenMs: null,
      ...changed
    }
    await ledger.book(entry)
    return entry.traceId
  }
  const calls = async (count: number, changed: Partial<LedgerEntry> = {}): Promise<void> => {
    await Promise.all(Array.from({ length: count }, () => call(changed)))
  }
  return { call, calls, numbers: openLedgerNumbers({ store }) }
}

/** Alerts over a real ledger, with a clock that moves when told. */
export async function testAlerts(opened?: OpenedStore) {
  const store = opened ?? (await openTestStore())
  const { call, calls, numbers } = testCalls(store)
  const world = { now: START, budgets: [] as WatchedBudget[], models: [] as WatchedModel[] }
  const given: Notice[] = []
  const posted: { url: string; body: unknown }[] = []
  let changes = 0
  const open = (): Alerts =>
    openAlerts({
      store,
      sources: {
        calls: numbers,
        budgets: () => world.budgets,
        models: () => world.models,
        isAlias: (name) => name === 'fast',
        keyName: (id) => (id === 'key-1' ? 'Editor' : null)
      },
      post: async (url, body) => void posted.push({ url, body }),
      onChange: () => changes++,
      onNotice: (notice) => given.push(notice),
      logger: silentLogger,
      now: () => world.now
    })
  const alerts = open()
  /** Lets time pass, and looks every minute. */
  const pass = async (minutes: number, of: Alerts = alerts): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      world.now += MINUTE
      await of.evaluate()
    }
  }
  return {
    store,
    alerts,
    call: (changed: Partial<LedgerEntry> = {}) => call({ startedAt: world.now, ...changed }),
    calls: (count: number, changed: Partial<LedgerEntry> = {}) =>
      calls(count, { startedAt: world.now, ...changed }),
    world,
    given,
    posted,
    pass,
    changes: () => changes,
    /** As after a restart. */
    reopen: open,
    stateOf: (id: string, of: Alerts = alerts) => of.list().find((rule) => rule.id === id)?.state,
    titles: () => given.map(({ title }) => title)
  }
}

export const rule = (changed: Partial<SaveAlert> & Pick<SaveAlert, 'kind' | 'threshold'>) =>
  saveAlertSchema.parse({ name: 'Mine', windowMinutes: 60, ...changed })
