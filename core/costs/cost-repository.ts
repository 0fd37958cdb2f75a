import type { CostSum } from '../contract/costs.ts'
import type { TimeSpan } from '../lib/calendar.ts'
import type { Reader } from '../store/store.ts'
import { type BookedCall, bookedCall, type CallRow } from './booked-call.ts'
import { type KeptSums, keptSumsOf } from './kept-sums.ts'

/** Narrows calls; all of these must hold. */
export interface CostFilter {
  /** `provider/model` that answered. */
  model?: string | undefined
  provider?: string | undefined
  /** An app key's id, or its name at the time; of the app itself, the id of its part: `chat`. */
  app?: string | undefined
  feature?: string | undefined
  project?: string | undefined
}

/** Sums of calls that are alike in all of this; '' where they have none. */
export interface GroupSums extends Omit<CostSum, 'failedCalls'> {
  id: number
  promptCacheSavedNanoUsd: number
  providerId: string
  providerModel: string
  callerKind: 'app-key' | 'app'
  callerId: string
  callerName: string
  feature: string
  project: string
  status: string
  dialect: string
}

/** Read in a few milliseconds. */
const PAGE = 250

const filterGroups = `
  g.provider_id || '/' || g.provider_model = coalesce(?, g.provider_id || '/' || g.provider_model)
  AND g.provider_id = coalesce(?, g.provider_id)
  AND coalesce(?, g.caller_id) IN (g.caller_id, g.caller_name)
  AND g.feature = coalesce(?, g.feature) AND g.project = coalesce(?, g.project)`

// groups first, each by its stretch of the key: nothing is sorted, and nothing outside the period is read
const selectGroups = ({ table, column }: KeptSums): string => `
  SELECT g.id, g.provider_id AS providerId, g.provider_model AS providerModel, g.caller_kind AS callerKind,
    g.caller_id AS callerId, g.caller_name AS callerName, g.feature, g.project, g.status, g.dialect,
    sum(s.calls) AS calls, sum(s.nano_usd) AS nanoUsd, sum(s.unknown_price_calls) AS unknownPriceCalls,
    sum(s.on_device_calls) AS onDeviceCalls, sum(s.on_device_ms) AS onDeviceMs, sum(s.input_tokens) AS inputTokens,
    sum(s.cache_read_tokens) AS cacheReadTokens, sum(s.output_tokens) AS outputTokens,
    sum(s.saved_nano_usd) AS savedNanoUsd, sum(s.prompt_cache_saved_nano_usd) AS promptCacheSavedNanoUsd
  FROM ledger_groups g CROSS JOIN ${table} s ON s.group_id = g.id
  WHERE s.${column} >= ? AND s.${column} < ? AND ${filterGroups}
  GROUP BY g.id`

const selectSpent = ({ table, column }: KeptSums): string => `
  SELECT g.id, sum(s.nano_usd) AS nanoUsd
  FROM ledger_groups g CROSS JOIN ${table} s ON s.group_id = g.id
  WHERE s.${column} >= ? AND s.${column} < ? AND ${filterGroups}
  GROUP BY g.id`

const filterCalls = `
  coalesce(l.provider_id, '') || '/' || coalesce(l.provider_model, '')
    = coalesce(?, coalesce(l.provider_id, '') || '/' || coalesce(l.provider_model, ''))
  AND coalesce(l.provider_id, '') = coalesce(?, l.provider_id, '')
  AND coalesce(?, l.caller_id) IN (l.caller_id, coalesce(l.caller_name, ''))
  AND coalesce(l.feature, '') = coalesce(?, l.feature, '')
  AND coalesce(l.project, '') = coalesce(?, l.project, '')`

const selectSessions = `
  SELECT l.session, count(*) AS calls, coalesce(sum(l.cost_nano_usd), 0) AS nanoUsd,
    sum(l.cost_kind = 'unknown' AND NOT (l.status = 'error' AND l.input_total IS NULL)) AS unknownPriceCalls,
    sum(l.cost_kind = 'free' AND l.provider_id IS NOT NULL) AS onDeviceCalls,
    sum(iif(l.cost_kind = 'free' AND l.provider_id IS NOT NULL, CAST(round(l.duration_ms) AS INTEGER), 0)) AS onDeviceMs,
    coalesce(sum(l.input_total), 0) AS inputTokens, coalesce(sum(l.input_cache_read), 0) AS cacheReadTokens,
    coalesce(sum(l.output_total), 0) AS outputTokens, coalesce(sum(l.saved_nano_usd), 0) AS savedNanoUsd,
    sum(l.status IN ('error', 'cut')) AS failedCalls
  FROM ledger l
  WHERE l.session IS NOT NULL AND l.started_at >= ? AND l.started_at < ? AND ${filterCalls}
  GROUP BY l.session`

const selectCalls = `
  SELECT l.rowid, l.trace_id AS traceId, l.started_at AS startedAt, l.caller_kind AS callerKind,
    l.caller_id AS callerId, l.caller_name AS callerName, l.feature, l.project, l.session, l.dialect, l.model,
    l.request_hash AS requestHash, l.provider_id AS providerId, l.provider_model AS providerModel,
    l.served_model AS servedModel, l.status, l.cache, l.saved_nano_usd AS savedNanoUsd, l.duration_ms AS durationMs,
    l.input_total AS inputTotal, l.input_no_cache AS noCache, l.input_cache_read AS cacheRead,
    l.input_cache_write_5m AS cacheWrite5m, l.input_cache_write_1h AS cacheWrite1h, l.input_audio AS inputAudio,
    l.input_audio_cache_read AS audioCacheRead, l.input_image AS inputImage, l.output_total AS outputTotal,
    l.output_text AS text, l.output_reasoning AS reasoning, l.output_audio AS outputAudio,
    l.output_image AS outputImage, l.tier, l.units, l.cost_kind AS costKind, l.cost_nano_usd AS costNanoUsd,
    l.price_source AS priceSource
  FROM ledger l
  WHERE (l.started_at, l.rowid) > (?, ?) AND l.started_at < ? AND ${filterCalls}
  ORDER BY l.started_at, l.rowid LIMIT ?`

/** Reads what calls cost. Spans begin and end with a quarter of an hour, as all local days do. */
export class CostRepository {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  groups(span: TimeSpan, filter: CostFilter): GroupSums[] {
    const groups = new Map<number, GroupSums>()
    for (const group of this.#read<GroupSums>(selectGroups, span, filter)) {
      const others = groups.get(group.id)
      if (others) addGroup(others, group)
      else groups.set(group.id, group)
    }
    return [...groups.values()]
  }

  /** The same groups, some more than once, with what they cost alone: it is asked for many spans at a time. */
  spent(span: TimeSpan, filter: CostFilter): Pick<GroupSums, 'id' | 'nanoUsd'>[] {
    return this.#read(selectSpent, span, filter)
  }

  /** Of calls that name a session, by it. */
  sessions({ from, until }: TimeSpan, filter: CostFilter): (CostSum & { session: string })[] {
    return this.#reader.all(selectSessions, from, until, ...filterParams(filter))
  }

  /** When the first call was made that is booked; null before there is one. */
  firstCallAt(): number | null {
    return this.#reader.get<{ at: number | null }>('SELECT min(started_at) AS at FROM ledger')?.at ?? null
  }

  /** The calls of a span, oldest first. Each page is read when it is asked for. */
  *pages({ from, until }: TimeSpan, filter: CostFilter): Generator<readonly BookedCall[]> {
    let after = { startedAt: from, rowid: -1 }
    for (;;) {
      const params = [after.startedAt, after.rowid, until, ...filterParams(filter), PAGE]
      const rows = this.#reader.all<CallRow>(selectCalls, ...params)
      if (rows.length > 0) yield rows.map(bookedCall)
      after = rows.at(-1) ?? after
      if (rows.length < PAGE) return
    }
  }

  #read<T>(select: (sums: KeptSums) => string, span: TimeSpan, filter: CostFilter): T[] {
    return keptSumsOf(span).flatMap((sums) =>
      this.#reader.all<T>(select(sums), sums.from, sums.until, ...filterParams(filter))
    )
  }
}

const sumFields = [
  'calls',
  'nanoUsd',
  'unknownPriceCalls',
  'onDeviceCalls',
  'onDeviceMs',
  'inputTokens',
  'cacheReadTokens',
  'outputTokens',
  'savedNanoUsd',
  'promptCacheSavedNanoUsd'
] as const satisfies (keyof GroupSums)[]

function addGroup(to: GroupSums, more: GroupSums): void {
  for (const field of sumFields) to[field] += more[field]
}

const filterParams = ({ model, provider, app, feature, project }: CostFilter) => [
  model ?? null,
  provider ?? null,
  app ?? null,
  feature ?? null,
  project ?? null
]
