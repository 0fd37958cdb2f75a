import type { CacheStats } from '../contract/cache.ts'
import type { SpendToday } from '../contract/traces.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { LedgerEntry } from './ledger-entry.ts'

const insertEntry = `
  INSERT INTO ledger (trace_id, started_at, caller_kind, caller_id, dialect, stream, model, provider_id, provider_model,
    served_model, status, input_total, input_no_cache, input_cache_read, input_cache_write_5m, input_cache_write_1h,
    output_total, output_text, output_reasoning, cost_kind, cost_nano_usd, price_source, cache, saved_nano_usd,
    duration_ms, first_token_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

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

export class LedgerRepository {
  readonly #writer: Writer
  readonly #reader: Reader

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  async insert(entry: LedgerEntry): Promise<void> {
    await this.#writer.write('homeport', [{ sql: insertEntry, params: paramsOf(entry) }], 'soon')
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

function paramsOf(entry: LedgerEntry): SqlValue[] {
  const { input, output } = entry.usage ?? { input: null, output: null }
  const priced = entry.cost.kind === 'priced' ? entry.cost : null
  return [
    entry.traceId,
    entry.startedAt,
    entry.caller.kind,
    entry.caller.id,
    entry.dialect,
    entry.stream ? 1 : 0,
    entry.model,
    entry.providerId,
    entry.providerModel,
    entry.servedModel,
    entry.status,
    input?.total ?? null,
    input?.noCache ?? null,
    input?.cacheRead ?? null,
    input?.cacheWrite5m ?? null,
    input?.cacheWrite1h ?? null,
    output?.total ?? null,
    output?.text ?? null,
    output?.reasoning ?? null,
    entry.cost.kind,
    priced?.nanoUsd ?? null,
    priced?.source ?? null,
    entry.cache,
    entry.savedNanoUsd,
    entry.durationMs,
    entry.firstTokenMs
  ]
}
