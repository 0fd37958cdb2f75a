import type { CacheStats } from '../contract/cache.ts'
import type { SpendToday } from '../contract/traces.ts'
import type { Cost } from '../contract/usage.ts'
import { insertion } from '../store/insertion.ts'
import type { Reader, Writer } from '../store/store.ts'
import { seldomColumns, usualColumns } from './ledger-columns.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { groupColumns, groupParams, LedgerGroups } from './ledger-groups.ts'

interface GroupedEntry extends LedgerEntry {
  groupId: number
}
const insertEntry = insertion<GroupedEntry>(
  'ledger',
  { ...usualColumns, group_id: ({ groupId }) => groupId },
  seldomColumns
)

const allColumns = { ...usualColumns, ...seldomColumns }
const columns = Object.keys(allColumns).join(', ')
const places = Object.keys(allColumns).fill('?').join(', ')
const groupNames = Object.keys(groupColumns).join(', ')
const groupPlaces = Object.keys(groupColumns).fill('?').join(', ')
const insertGroup = `
  INSERT INTO ledger_groups (${groupNames}) VALUES (${groupPlaces})
  ON CONFLICT DO NOTHING`
const insertEntryOfNewGroup = `
  INSERT INTO ledger (${columns}, group_id)
  VALUES (${places}, (SELECT id FROM ledger_groups WHERE (${groupNames}) = (${groupPlaces})))
  RETURNING group_id AS groupId`

// what was booked first is kept, however often it is corrected
const correctEntry = `
  UPDATE ledger SET
    booked_cost_kind = coalesce(booked_cost_kind, cost_kind),
    booked_nano_usd = iif(corrected_at IS NULL, cost_nano_usd, booked_nano_usd),
    booked_price_source = iif(corrected_at IS NULL, price_source, booked_price_source),
    cost_kind = ?, cost_nano_usd = ?, price_source = ?, prompt_cache_saved_nano_usd = ?, corrected_at = ?
  WHERE trace_id = ? AND cost_kind <> 'free' AND cache IS NOT 'hit'`

// an upstream that refused the call charged nothing for it: that is not a price we fail to know
const selectSpend = `
  SELECT coalesce(sum(cost_nano_usd), 0) AS nanoUsd,
         count(*) AS calls,
         coalesce(sum(cost_kind = 'unknown' AND NOT (status = 'error' AND input_total IS NULL)), 0) AS unknownPriceCalls
  FROM ledger WHERE started_at >= ?`

const selectSavings = `
  SELECT cache, count(*) AS calls, coalesce(sum(saved_nano_usd), 0) AS savedNanoUsd
  FROM ledger WHERE cache IS NOT NULL GROUP BY cache`

/** How often the cache was asked, and what it spared. */
export type CacheSavings = Pick<CacheStats, 'hits' | 'misses' | 'savedNanoUsd'>

/** What a call costs by other prices than those it was booked by. */
export interface Correction {
  traceId: string
  cost: Exclude<Cost, { kind: 'free' }>
  promptCacheSavedNanoUsd: number | null
}

export class LedgerRepository {
  readonly #writer: Writer
  readonly #reader: Reader
  readonly #groups = new LedgerGroups()

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  insert(entry: LedgerEntry): Promise<void> {
    const group = groupParams(entry)
    const groupId = this.#groups.idOf(group)
    if (groupId === null) return this.#insertInNewGroup(entry, group)
    return this.#writer.write('homeport', [insertEntry({ ...entry, groupId })], 'soon').then(() => {})
  }

  async #insertInNewGroup(entry: LedgerEntry, group: string[]): Promise<void> {
    const params = Object.values(allColumns).map((read) => read(entry))
    const [, booked] = await this.#writer.write(
      'homeport',
      [
        { sql: insertGroup, params: group },
        { sql: insertEntryOfNewGroup, params: [...params, ...group] }
      ],
      'soon'
    )
    this.#groups.note(group, Number(booked?.rows[0]?.groupId))
  }

  /** In one transaction. */
  async correct(corrections: readonly Correction[], at: number): Promise<void> {
    const statements = corrections.map(({ traceId, cost, promptCacheSavedNanoUsd }) => {
      const { nanoUsd, source } = cost.kind === 'priced' ? cost : { nanoUsd: null, source: null }
      return { sql: correctEntry, params: [cost.kind, nanoUsd, source, promptCacheSavedNanoUsd, at, traceId] }
    })
    await this.#writer.write('homeport', statements)
  }

  spendSince(startedAt: number): SpendToday {
    return (
      this.#reader.get<SpendToday>(selectSpend, startedAt) ?? { nanoUsd: 0, calls: 0, unknownPriceCalls: 0 }
    )
  }

  savings(): CacheSavings {
    const rows = this.#reader.all<{ cache: 'hit' | 'miss'; calls: number; savedNanoUsd: number }>(
      selectSavings
    )
    const hit = rows.find(({ cache }) => cache === 'hit')
    const miss = rows.find(({ cache }) => cache === 'miss')
    return { hits: hit?.calls ?? 0, misses: miss?.calls ?? 0, savedNanoUsd: hit?.savedNanoUsd ?? 0 }
  }
}
