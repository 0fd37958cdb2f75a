import type { SqlValue } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'

/** Calls that all of these fit; `model` is `provider/model`, `app` the name or the id of a caller. */
export interface WatchedScope {
  provider?: string | undefined
  model?: string | undefined
  app?: string | undefined
  feature?: string | undefined
  project?: string | undefined
}
/** `from` is part of it, `until` is not. Milliseconds UTC. */
export interface WatchedPeriod {
  from: number
  until: number
}
export interface WatchedSums {
  calls: number
  failed: number
  nanoUsd: number
}
export interface WatchedCall {
  traceId: string
  model: string
  providerId: string | null
  keyId: string | null
}
export type WatchedOrder = 'cost' | 'duration' | 'failure' | 'newest'

const QUARTER_MS = 15 * 60_000
/** More would tell nothing more, and take longer than others can wait. */
const MOST_READ = 5000
const MOST_MEASURED = 500

/** The conditions that a scope comes to, and what they ask for: without any, an index has all that sums need. */
interface Condition {
  sql: string
  params: SqlValue[]
}

function inScope({ provider, model, app, feature, project }: WatchedScope): Condition {
  const conditions: [string, string | undefined][] = [
    ['provider_id = ?', provider],
    [`provider_id || '/' || provider_model = ?`, model],
    ['? IN (caller_id, caller_name)', app],
    ['feature = ?', feature],
    ['project = ?', project]
  ]
  const named = conditions.filter(([, value]) => value !== undefined)
  return {
    sql: named.map(([condition]) => ` AND ${condition}`).join(''),
    params: named.flatMap(([, value]) => value ?? [])
  }
}

// whole quarters of an hour out of the sums that are kept, the ends of the period out of the calls themselves
const selectSums = (scope: string): string => {
  const fromCalls = `
    SELECT 1 AS calls, status IN ('error', 'cut') AS failed, coalesce(cost_nano_usd, 0) AS nanoUsd
    FROM ledger WHERE started_at >= ? AND started_at < ?${scope}`
  return `
  SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(failed), 0) AS failed, coalesce(sum(nanoUsd), 0) AS nanoUsd
  FROM (
    SELECT s.calls, iif(g.status IN ('error', 'cut'), s.calls, 0) AS failed, s.nano_usd AS nanoUsd
    FROM ledger_groups g JOIN ledger_sums s ON s.group_id = g.id
    WHERE s.quarter >= ? AND s.quarter < ?${scope}
    UNION ALL ${fromCalls}
    UNION ALL ${fromCalls}
  )`
}

// a kept answer says nothing of how fast the model is
const answered = `status = 'ok' AND cache IS NOT 'hit'`

const selectModels = (scope: string): string => `
  SELECT g.provider_id || '/' || g.provider_model AS model
  FROM ledger_groups g JOIN ledger_sums s ON s.group_id = g.id
  WHERE s.quarter BETWEEN ? AND ? AND g.status = 'ok' AND g.provider_model <> ''${scope}
  GROUP BY g.provider_id, g.provider_model HAVING sum(s.calls) >= ?`

const selectDurations = (scope: string): string => `
  SELECT duration_ms AS ms FROM (
    SELECT * FROM ledger WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC LIMIT ${MOST_READ}
  ) WHERE ${answered}${scope} ORDER BY started_at DESC LIMIT ${MOST_MEASURED}`

// one look into the index for each group
const selectLastQuarter = (scope: string): string => `
  SELECT max((SELECT max(quarter) FROM ledger_sums WHERE group_id = g.id)) AS quarter
  FROM ledger_groups g WHERE true${scope}`
const selectLast = (scope: string): string =>
  `SELECT max(started_at) AS at FROM ledger WHERE started_at >= ?${scope}`

const selectCall =
  (which: string) =>
  (scope: string): string =>
    `
  SELECT substr(trace_id, 1, 32) AS traceId, model, provider_id AS providerId,
         iif(caller_kind = 'app-key', caller_id, NULL) AS keyId
  FROM ledger WHERE started_at >= ? AND started_at < ?${scope} ${which} LIMIT 1`
const selectBehind: Readonly<Record<WatchedOrder, (scope: string) => string>> = {
  cost: selectCall('AND cost_nano_usd IS NOT NULL ORDER BY cost_nano_usd DESC'),
  duration: selectCall(`AND ${answered} ORDER BY duration_ms DESC`),
  failure: selectCall(`AND status IN ('error', 'cut') ORDER BY started_at DESC`),
  newest: selectCall('ORDER BY started_at DESC')
}

/** Numbers over the ledger, of any scope and time. */
export class WatchedCallsRepository {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  sums(scope: WatchedScope, { from, until }: WatchedPeriod): WatchedSums {
    const first = Math.ceil(from / QUARTER_MS)
    const last = Math.max(first, Math.floor(until / QUARTER_MS))
    const headEnd = Math.min(first * QUARTER_MS, until)
    const tailStart = Math.min(last * QUARTER_MS, until)
    const { sql, params } = inScope(scope)
    const row = this.#reader.get<WatchedSums>(
      selectSums(sql),
      ...[first, last, ...params],
      ...[from, headEnd, ...params],
      ...[tailStart, until, ...params]
    )
    return row ?? { calls: 0, failed: 0, nanoUsd: 0 }
  }

  /** Of the quarters of an hour that the period touches: to count to the millisecond, every call would have to be read. */
  models(scope: WatchedScope, { from, until }: WatchedPeriod, leastCalls: number): string[] {
    const { sql, params } = inScope(scope)
    const quarters = [Math.floor(from / QUARTER_MS), Math.floor((until - 1) / QUARTER_MS)]
    const rows = this.#reader.all<{ model: string }>(selectModels(sql), ...quarters, ...params, leastCalls)
    return rows.map(({ model }) => model)
  }

  /** In milliseconds, of the newest 500 calls that succeeded, as far as they are among the newest 5,000 of all. */
  durations(scope: WatchedScope, { from, until }: WatchedPeriod): number[] {
    const { sql, params } = inScope(scope)
    const rows = this.#reader.all<{ ms: number }>(selectDurations(sql), from, until, ...params)
    return rows.map(({ ms }) => ms)
  }

  lastCallAt(scope: WatchedScope): number | null {
    const { sql, params } = inScope(scope)
    const quarter = this.#reader.get<{ quarter: number | null }>(selectLastQuarter(sql), ...params)?.quarter
    if (quarter === null || quarter === undefined) return null
    const last = this.#reader.get<{ at: number | null }>(selectLast(sql), quarter * QUARTER_MS, ...params)
    return last?.at ?? null
  }

  behind(scope: WatchedScope, { from, until }: WatchedPeriod, by: WatchedOrder): WatchedCall | null {
    const { sql, params } = inScope(scope)
    return this.#reader.get<WatchedCall>(selectBehind[by](sql), from, until, ...params) ?? null
  }
}
