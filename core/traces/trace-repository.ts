import { z } from 'zod'
import { routePreviewSchema } from '../contract/aliases.ts'
import {
  type CallStatus,
  type Span,
  spanSchema,
  type Trace,
  type TraceQuery,
  type TraceSummary
} from '../contract/traces.ts'
import { costSchema, usageSchema } from '../contract/usage.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader, Writer } from '../store/store.ts'
import { BodyRepository } from './body-repository.ts'
import type { NewTrace } from './new-trace.ts'
import { cutText } from './text-cut.ts'
import { firstTraceIdOf } from './trace-id-time.ts'

/** Bodies are shown up to this many characters (UTF-16 units). */
export const SHOWN_BODY_CHARS = 200_000
/** A search looks through this many traces at most, so that it stays a matter of milliseconds. */
const SEARCHED_TRACES = 10_000
const PRUNE_BATCH = 500
/** Sorts after every trace id. */
const AFTER_ALL_IDS = 'g'

const insertTrace = `
  INSERT INTO traces (id, started_at, duration_ms, first_token_ms, status, app, dialect, model, provider_id, title, usage,
    cost, stream, error_message, chat_id, stages, warnings, request_sha256, response_sha256, provider_model, cache,
    saved_nano_usd, route)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const insertSpan = `
  INSERT INTO spans (trace_id, id, parent_id, name, kind, start_us, duration_us, status, note, first_token_us)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const summaryColumns = `id, started_at AS startedAt, duration_ms AS durationMs, first_token_ms AS firstTokenMs, status, app,
  dialect, model, provider_id AS providerId, provider_model AS providerModel, cache, saved_nano_usd AS savedNanoUsd, title,
  usage, cost, stream, error_message AS errorMessage`
const selectNewest = `SELECT ${summaryColumns} FROM traces WHERE id < ? ORDER BY id DESC LIMIT ?`
const selectByStatus = `SELECT ${summaryColumns} FROM traces WHERE status = ? AND id < ? ORDER BY id DESC LIMIT ?`
const newest = `FROM (SELECT * FROM traces WHERE id < ? ORDER BY id DESC LIMIT ${SEARCHED_TRACES})`
const matches =
  "(title || char(10) || model || char(10) || coalesce(provider_model, '') || char(10) || app LIKE ? ESCAPE '\\')"
const selectMatching = `SELECT ${summaryColumns} ${newest} WHERE ${matches} ORDER BY id DESC LIMIT ?`
const selectMatchingByStatus = `SELECT ${summaryColumns} ${newest} WHERE ${matches} AND status = ? ORDER BY id DESC LIMIT ?`
const selectTrace = `
  SELECT ${summaryColumns}, stages, route, warnings, request_sha256 AS request, response_sha256 AS response
  FROM traces WHERE id = ?`
const selectSpans = `
  SELECT id, parent_id AS parentId, name, kind, start_us AS startUs, duration_us AS durationUs, status, note,
    first_token_us AS firstTokenUs
  FROM spans WHERE trace_id = ?`

const deleteTraces = `DELETE FROM traces WHERE id IN (SELECT id FROM traces WHERE id < ? ORDER BY id LIMIT ${PRUNE_BATCH})`

type SummaryRow = Omit<TraceSummary, 'usage' | 'cost' | 'stream'> & {
  usage: string | null
  cost: string
  stream: number
}
type TraceRow = SummaryRow & {
  stages: string
  route: string | null
  warnings: string
  request: Uint8Array | null
  response: Uint8Array | null
}

const packedSpans = z.array(spanSchema)
const packedWarnings = z.array(z.string())

export class TraceRepository {
  readonly #writer: Writer
  readonly #reader: Reader
  readonly #bodies: BodyRepository

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
    this.#bodies = new BodyRepository(writer, reader)
  }

  async insert(trace: NewTrace): Promise<void> {
    const { id, startedAt } = trace.summary
    const request = this.#bodies.keep(trace.requestBody, startedAt)
    const response = this.#bodies.keep(trace.responseBody, startedAt)
    const attempts = trace.spans.filter((span) => span.kind === 'provider')
    const statements = [
      ...request.statements,
      ...response.statements,
      { sql: insertTrace, params: traceParams(trace, request.key, response.key) },
      ...this.#bodies.keepSmall(id, request.small, response.small),
      ...attempts.map((span) => ({ sql: insertSpan, params: spanParams(id, span) }))
    ]
    try {
      await this.#writer.write('traces', statements, 'soon')
    } catch (error) {
      request.forget()
      response.forget()
      throw error
    }
  }

  list({ limit, before = AFTER_ALL_IDS, status, search }: TraceQuery): TraceSummary[] {
    return this.#select(before, status, search?.trim(), limit).map(toSummary)
  }

  #select(before: string, status: CallStatus | undefined, search: string | undefined, limit: number) {
    if (!search) {
      return status
        ? this.#reader.all<SummaryRow>(selectByStatus, status, before, limit)
        : this.#reader.all<SummaryRow>(selectNewest, before, limit)
    }
    const pattern = likePattern(search)
    return status
      ? this.#reader.all<SummaryRow>(selectMatchingByStatus, before, pattern, status, limit)
      : this.#reader.all<SummaryRow>(selectMatching, before, pattern, limit)
  }

  get(id: string): Trace | null {
    const row = this.#reader.get<TraceRow>(selectTrace, id)
    if (!row) return null
    const spans = [
      ...packedSpans.parse(JSON.parse(row.stages)),
      ...this.#reader.all<Span>(selectSpans, id)
    ].sort((a, b) => a.startUs - b.startUs)
    const small = this.#bodies.readSmall(id)
    const request = this.#shownBody(small.request, row.request)
    const response = this.#shownBody(small.response, row.response)
    return {
      ...toSummary(row),
      spans,
      route: row.route === null ? null : routePreviewSchema.parse(JSON.parse(row.route)),
      warnings: packedWarnings.parse(JSON.parse(row.warnings)),
      requestBody: request.text,
      responseBody: response.text,
      bodiesTruncated: request.cut || response.cut
    }
  }

  #shownBody(small: string | null, key: Uint8Array | null): { text: string | null; cut: boolean } {
    return cutText(small ?? (key && this.#bodies.read(key, SHOWN_BODY_CHARS)), SHOWN_BODY_CHARS)
  }

  /** Deletes bodies that no trace used since a time (milliseconds UTC). */
  async deleteBodiesUnusedSince(time: number): Promise<void> {
    await this.#bodies.deleteUnusedSince(time)
  }

  /** Deletes traces started before a time (milliseconds UTC). */
  async deleteTracesBefore(time: number): Promise<void> {
    const params = [firstTraceIdOf(time)]
    for (;;) {
      const [result] = await this.#writer.write('traces', [{ sql: deleteTraces, params }])
      if (!result || result.changes < PRUNE_BATCH) return
    }
  }
}

function traceParams(
  { summary, chatId, spans, route, warnings }: NewTrace,
  request: Buffer | null,
  response: Buffer | null
): SqlValue[] {
  return [
    summary.id,
    summary.startedAt,
    summary.durationMs,
    summary.firstTokenMs,
    summary.status,
    summary.app,
    summary.dialect,
    summary.model,
    summary.providerId,
    summary.title,
    summary.usage && JSON.stringify(summary.usage),
    JSON.stringify(summary.cost),
    summary.stream ? 1 : 0,
    summary.errorMessage,
    chatId,
    JSON.stringify(spans.filter((span) => span.kind === 'stage')),
    JSON.stringify(warnings),
    request,
    response,
    summary.providerModel,
    summary.cache,
    summary.savedNanoUsd,
    route && JSON.stringify(route)
  ]
}

function spanParams(traceId: string, span: Span): SqlValue[] {
  return [
    traceId,
    span.id,
    span.parentId,
    span.name,
    span.kind,
    span.startUs,
    span.durationUs,
    span.status,
    span.note,
    span.firstTokenUs
  ]
}

function toSummary(row: SummaryRow): TraceSummary {
  return {
    id: row.id,
    startedAt: row.startedAt,
    durationMs: row.durationMs,
    firstTokenMs: row.firstTokenMs,
    status: row.status,
    app: row.app,
    dialect: row.dialect,
    model: row.model,
    providerId: row.providerId,
    providerModel: row.providerModel,
    cache: row.cache,
    savedNanoUsd: row.savedNanoUsd,
    title: row.title,
    usage: row.usage === null ? null : usageSchema.parse(JSON.parse(row.usage)),
    cost: costSchema.parse(JSON.parse(row.cost)),
    stream: row.stream === 1,
    errorMessage: row.errorMessage
  }
}

/** `%` and `_` are meant as themselves. */
const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`
