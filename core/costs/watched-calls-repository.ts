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

const inScope = `
  provider_id IS coalesce(?, provider_id)
  AND coalesce(?, provider_id || '/' || provider_model) IS provider_id || '/' || provider_model
  AND (caller_id = coalesce(?, caller_id) OR caller_name = ?)
  AND feature IS coalesce(?, feature) AND project IS coalesce(?, project)`

const paramsOf = ({ provider, model, app, feature, project }: WatchedScope): SqlValue[] => [
  provider ?? null,
  model ?? null,
  app ?? null,
  app ?? null,
  feature ?? null,
  project ?? null
]

const fromCalls = `
  SELECT 1 AS calls, status IN ('error', 'cut') AS failed, coalesce(cost_nano_usd, 0) AS nanoUsd
  FROM ledger WHERE started_at >= ? AND started_at < ? AND ${inScope}`

// whole quarters of an hour out of the sums that are kept, the ends of the period out of the calls themselves
const selectSums = `
  SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(failed), 0) AS failed, coalesce(sum(nanoUsd), 0) AS nanoUsd
  FROM (
    SELECT s.calls, iif(g.status IN ('error', 'cut'), s.calls, 0) AS failed, s.nano_usd AS nanoUsd
    FROM ledger_groups g JOIN ledger_sums s ON s.group_id = g.id
    WHERE s.quarter >= ? AND s.quarter < ? AND ${inScope}
    UNION ALL ${fromCalls}
    UNION ALL ${fromCalls}
  )`

// a kept answer says nothing of how fast the model is
const answered = `status = 'ok' AND cache IS NOT 'hit'`

const selectModels = `
  SELECT provider_id || '/' || provider_model AS model FROM ledger
  WHERE started_at >= ? AND started_at < ? AND ${answered} AND provider_model IS NOT NULL AND ${inScope}
  GROUP BY provider_id, provider_model HAVING count(*) >= ?`

const selectDurations = `
  SELECT duration_ms AS ms FROM (
    SELECT * FROM ledger WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC LIMIT ${MOST_READ}
  ) WHERE ${answered} AND ${inScope} ORDER BY started_at DESC LIMIT ${MOST_MEASURED}`

// one look into the index for each group
const selectLastQuarter = `
  SELECT max((SELECT max(quarter) FROM ledger_sums WHERE group_id = g.id)) AS quarter
  FROM ledger_groups g WHERE ${inScope}`
const selectLast = `SELECT max(started_at) AS at FROM ledger WHERE started_at >= ? AND ${inScope}`

const selectCall = (which: string): string => `
  SELECT substr(trace_id, 1, 32) AS traceId, model, provider_id AS providerId,
         iif(caller_kind = 'app-key', caller_id, NULL) AS keyId
  FROM ledger WHERE started_at >= ? AND started_at < ? AND ${inScope} ${which} LIMIT 1`
const selectBehind: Readonly<Record<WatchedOrder, string>> = {
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
    const params = paramsOf(scope)
    const row = this.#reader.get<WatchedSums>(
      selectSums,
      ...[first, last, ...params],
      ...[from, headEnd, ...params],
      ...[tailStart, until, ...params]
    )
    return row ?? { calls: 0, failed: 0, nanoUsd: 0 }
  }

  models(scope: WatchedScope, { from, until }: WatchedPeriod, leastCalls: number): string[] {
    const rows = this.#reader.all<{ model: string }>(
      selectModels,
      from,
      until,
      ...paramsOf(scope),
      leastCalls
    )
    return rows.map(({ model }) => model)
  }

  /** In milliseconds, of the newest 500 calls that succeeded, as far as they are among the newest 5,000 of all. */
  durations(scope: WatchedScope, { from, until }: WatchedPeriod): number[] {
    const rows = this.#reader.all<{ ms: number }>(selectDurations, from, until, ...paramsOf(scope))
    return rows.map(({ ms }) => ms)
  }

  lastCallAt(scope: WatchedScope): number | null {
    const params = paramsOf(scope)
    const quarter = this.#reader.get<{ quarter: number | null }>(selectLastQuarter, ...params)?.quarter
    if (quarter === null || quarter === undefined) return null
    return this.#reader.get<{ at: number | null }>(selectLast, quarter * QUARTER_MS, ...params)?.at ?? null
  }

  behind(scope: WatchedScope, { from, until }: WatchedPeriod, by: WatchedOrder): WatchedCall | null {
    return this.#reader.get<WatchedCall>(selectBehind[by], from, until, ...paramsOf(scope)) ?? null
  }
}
