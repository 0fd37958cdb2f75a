import type { z } from 'zod'
import type { TraceFacets, TraceQuery, TraceSummary, traceFacetsQuerySchema } from '../contract/traces.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import { countAlike, type FacetValues, sumFacets } from './facets.ts'
import { matchOf } from './search-words.ts'
import { firstTraceIdOf, timeOfTraceId } from './trace-id-time.ts'
import { type SummaryRow, summaryColumns, toSummary } from './trace-rows.ts'

/** A search for a part of a word looks through this many traces at most. */
const SEARCHED_TRACES = 10_000
/** Of the traces that have the words of a text search, the newest so many count. */
const MATCHING_TEXTS = 20_000
/** Facets count the newest so many. */
const COUNTED_TRACES = 100_000
/** Sorts after every trace id. */
const AFTER_ALL_IDS = 'g'
const BEFORE_ALL_IDS = ''

const selectNewest = `SELECT ${summaryColumns} FROM traces WHERE id < ? ORDER BY id DESC LIMIT ?`
/** What every list is narrowed by stands in one index, which is a tenth of the table. */
const inIndex = 'traces INDEXED BY traces_by_facet'
const hasText = `id IN (SELECT trace_id FROM search_documents WHERE id IN
  (SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT ${MATCHING_TEXTS}))`
const isLike = `id IN (SELECT id FROM
  (SELECT id, title, model, provider_model, app FROM traces WHERE id < ? ORDER BY id DESC LIMIT ${SEARCHED_TRACES})
  WHERE title || char(10) || model || char(10) || coalesce(provider_model, '') || char(10) || app LIKE ? ESCAPE '\\')`
const hasTag = 'tags IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)'

export type TraceFilter = z.infer<typeof traceFacetsQuerySchema>

/** Conditions, all of which must hold, and what they are bound to. */
interface Condition {
  texts: string[]
  params: SqlValue[]
}

/** Lists of traces and what is in them. All but `newest` may take longer than the daemon's thread should be held. */
export class TraceListRepository {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  newest({ limit, before = AFTER_ALL_IDS }: Pick<TraceQuery, 'limit' | 'before'>): TraceSummary[] {
    return this.#reader.all<SummaryRow>(selectNewest, before, limit).map(toSummary)
  }

  list({ limit, before = AFTER_ALL_IDS, ...filter }: TraceQuery): TraceSummary[] {
    const { texts, params } = conditionOf(filter, before)
    const where = texts.join(' AND ')
    const sql = `
      SELECT ${summaryColumns} FROM traces
      WHERE id IN (SELECT id FROM ${inIndex} WHERE ${where} ORDER BY id DESC LIMIT ?) ORDER BY id DESC`
    return this.#reader.all<SummaryRow>(sql, ...params, limit).map(toSummary)
  }

  /** Ids alone, newest first. */
  ids(filter: TraceFilter, before: string | undefined, limit: number): string[] {
    const { texts, params } = conditionOf(filter, before ?? AFTER_ALL_IDS)
    const where = texts.join(' AND ')
    const sql = `SELECT id FROM ${inIndex} WHERE ${where} ORDER BY id DESC LIMIT ?`
    return this.#reader.all<{ id: string }>(sql, ...params, limit).map(({ id }) => id)
  }

  facets({ status, model, provider, app, feature, project, tag, ...rest }: TraceFilter): TraceFacets {
    const chosen: FacetValues = { status, model, provider, app, feature, project, tag }
    const { texts, params } = conditionOf(rest, AFTER_ALL_IDS)
    const where = texts.join(' AND ')
    const newest = `FROM ${inIndex} WHERE ${where} ORDER BY id DESC LIMIT`
    // summing up here takes a quarter of what sorting them by all of these takes SQLite
    const packed = this.#reader.values<string>(`SELECT facet_values ${newest} ${COUNTED_TRACES}`, ...params)
    const oldest =
      packed.length === COUNTED_TRACES
        ? this.#reader.get<{ id: string }>(`SELECT id ${newest} 1 OFFSET ${COUNTED_TRACES - 1}`, ...params)
        : undefined
    return {
      ...sumFacets(countAlike(packed), chosen),
      countedSince: oldest === undefined ? null : timeOfTraceId(oldest.id)
    }
  }
}

function conditionOf(filter: TraceFilter, before: string): Condition {
  const texts: string[] = []
  const params: SqlValue[] = []
  const and = (text: string, value: SqlValue | undefined): void => {
    if (value === undefined) return
    texts.push(text)
    params.push(value)
  }
  and('id < ?', filter.until === undefined ? before : earlier(before, firstTraceIdOf(filter.until)))
  and('id >= ?', filter.from === undefined ? BEFORE_ALL_IDS : firstTraceIdOf(filter.from))
  and('status = ?', filter.status)
  if (filter.model === '') texts.push('provider_id IS NULL')
  else and("? IN (model, provider_id || '/' || provider_model)", filter.model)
  and("ifnull(provider_id, '') = ?", filter.provider)
  and('? IN (app, caller_id)', filter.app)
  and('dialect = ?', filter.dialect)
  and("ifnull(feature, '') = ?", filter.feature)
  and("ifnull(project, '') = ?", filter.project)
  and("ifnull(session, '') = ?", filter.session)
  and('source = ?', filter.source)
  and('cost_nano_usd >= ?', filter.minCostNanoUsd)
  and('cost_nano_usd <= ?', filter.maxCostNanoUsd)
  and('duration_ms >= ?', filter.minDurationMs)
  and('duration_ms <= ?', filter.maxDurationMs)
  and(hasTag, filter.tag)
  const match = filter.text === undefined ? null : matchOf(filter.text)
  if (match !== null) and(hasText, match)
  const words = filter.search?.trim()
  if (words) {
    texts.push(isLike)
    params.push(before, likePattern(words))
  }
  return { texts, params }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** `%` and `_` are meant as themselves. */
const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`
