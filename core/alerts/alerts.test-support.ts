import type { Notice, SaveAlert } from '../contract/alerts.ts'
import { saveAlertSchema } from '../contract/alerts.ts'
import type { LedgerEntry } from '../costs/ledger-entry.ts'
import { openWatchedLedger } from '../costs/watched-calls.test-support.ts'
import { silentLogger } from '../lib/logger.ts'
import type { WatchedBudget, WatchedModel } from './alert-sources.ts'
import { type Alerts, openAlerts } from './alerts.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Wednesday, at no round time. */
export const START = Date.UTC(2026, 9, 14, 9, 7, 31)

/** Alerts over a real ledger, with a clock that moves when told. */
export async function testAlerts() {
  const { store, call: book, numbers } = await openWatchedLedger(START)
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
  /** Books one now, of a millionth of a dollar unless told otherwise. Resolves with its trace. */
  const call = async (changed: Partial<LedgerEntry> = {}): Promise<string> =>
    (await book({ startedAt: world.now, ...changed })).traceId
  /** Lets time pass, and looks every minute. */
  const pass = async (minutes: number, of: Alerts = alerts): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      world.now += MINUTE
      await of.evaluate()
    }
  }
  return {
    alerts,
    call,
    calls: (count: number, changed: Partial<LedgerEntry> = {}) =>
      Promise.all(Array.from({ length: count }, () => call(changed))),
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
