import type { TraceSummary } from '../contract/traces.ts'
import type { Reader, Statement, Writer } from '../store/store.ts'
import type { BodyRepository, KeptBody } from './body-repository.ts'
import { ReceivedTrace, type Taken } from './received-trace.ts'
import type { ReceivedSpan, SpanBatch } from './span-batch.ts'
import type { OutlinedSpan } from './span-outline.ts'
import { keepSpanTexts } from './span-text-repository.ts'
import { insertTrace } from './trace-columns.ts'
import { timeOfTraceId } from './trace-id-time.ts'
import { fromTags, type SummaryRow, spanParams, summaryColumns, toSummary } from './trace-rows.ts'

const selectTrace = `SELECT ${summaryColumns} FROM traces WHERE otel_trace_id = ? AND caller_id = ? AND source = 'otlp' LIMIT 1`
const selectSpans = `
  SELECT id, parent_id AS parentId, kind, start_us AS startUs, duration_us AS durationUs, first_token_us AS firstTokenUs
  FROM spans WHERE trace_id = ?`
const insertSpan = `
  INSERT INTO spans (trace_id, id, parent_id, name, kind, start_us, duration_us, status, note, first_token_us, attributes)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
/** Labels may have been changed by the person since. */
const updateTrace = `
  UPDATE traces SET started_at = ?, duration_ms = ?, first_token_ms = ?, status = ?, model = ?, provider_id = ?,
    provider_model = ?, title = ?, usage = ?, cost = ?, error_message = ?, feature = coalesce(feature, ?),
    project = coalesce(project, ?), session = coalesce(session, ?), tags = coalesce(tags, ?)
  WHERE id = ?`
const setRequest = 'UPDATE traces SET request_sha256 = ? WHERE id = ?'
const setResponse = 'UPDATE traces SET response_sha256 = ? WHERE id = ?'
const setSmallRequest = `
  INSERT INTO small_bodies (trace_id, request) VALUES (?, ?) ON CONFLICT (trace_id) DO UPDATE SET request = excluded.request`
const setSmallResponse = `
  INSERT INTO small_bodies (trace_id, response) VALUES (?, ?) ON CONFLICT (trace_id) DO UPDATE SET response = excluded.response`
const awaitIndex = 'INSERT OR IGNORE INTO search_queue (trace_id) VALUES (?)'

type Source = Pick<SpanBatch, 'otelTraceId' | 'callerId'>

/** Traces of other programs as they are written, batch by batch. */
export class ReceivedTraceRepository {
  readonly #writer: Writer
  readonly #reader: Reader
  readonly #bodies: BodyRepository

  constructor(writer: Writer, reader: Reader, bodies: BodyRepository) {
    this.#writer = writer
    this.#reader = reader
    this.#bodies = bodies
  }

  /** What is kept of a trace; null where nothing is. */
  find(otelTraceId: string, callerId: string): ReceivedTrace | null {
    const row = this.#reader.get<SummaryRow>(selectTrace, otelTraceId, callerId)
    return row ? ReceivedTrace.goOn(toSummary(row), this.#spansOf(row.id)) : null
  }

  /** Writes what a batch brought: a new trace, or more of one that is there. Fails where it has been deleted meanwhile. */
  async write(
    batch: Source,
    trace: ReceivedTrace,
    { spans, request, response }: Taken,
    isNew: boolean
  ): Promise<void> {
    const { summary } = trace
    const { id, startedAt } = summary
    const keptRequest = this.#bodies.keep(request, startedAt)
    const keptResponse = this.#bodies.keep(response, startedAt)
    const statements = [
      ...keptRequest.statements,
      ...keptResponse.statements,
      isNew ? insertion(summary, batch) : update(summary),
      ...spans.flatMap((received) => spanStatements(id, received))
    ]
    if (request !== null) statements.push(...bodyStatements(id, keptRequest, setRequest, setSmallRequest))
    if (response !== null) statements.push(...bodyStatements(id, keptResponse, setResponse, setSmallResponse))
    const hasText = request !== null || response !== null || spans.some(({ texts }) => texts !== null)
    if (hasText) statements.push({ sql: awaitIndex, params: [id] })
    try {
      await this.#writer.write('traces', statements, 'soon')
    } catch (error) {
      keptRequest.forget()
      keptResponse.forget()
      throw error
    }
  }

  /** Times from 1970 on, as they came. */
  #spansOf(id: string): OutlinedSpan[] {
    const baseUs = timeOfTraceId(id) * 1000
    return this.#reader.all<OutlinedSpan>(selectSpans, id).map((span) => ({
      ...span,
      startUs: span.startUs + baseUs,
      firstTokenUs: span.firstTokenUs === null ? null : span.firstTokenUs + baseUs
    }))
  }
}

const insertion = (summary: TraceSummary, { otelTraceId, callerId }: Source): Statement =>
  insertTrace({
    summary,
    callerId,
    chatId: null,
    context: { traceId: otelTraceId, parentSpanId: null },
    spans: [],
    route: null,
    warnings: [],
    requestBody: null,
    responseBody: null,
    requestKey: null,
    responseKey: null
  })

const update = (summary: TraceSummary): Statement => ({
  sql: updateTrace,
  params: [
    summary.startedAt,
    summary.durationMs,
    summary.firstTokenMs,
    summary.status,
    summary.model,
    summary.providerId,
    summary.providerModel,
    summary.title,
    summary.usage && JSON.stringify(summary.usage),
    JSON.stringify(summary.cost),
    summary.errorMessage,
    summary.labels?.feature ?? null,
    summary.labels?.project ?? null,
    summary.labels?.session ?? null,
    fromTags(summary.labels?.tags ?? []),
    summary.id
  ]
})

/** Times are kept from the time of the trace's id on: its start is not known before its last span has come. */
function spanStatements(traceId: string, { span, texts }: ReceivedSpan): Statement[] {
  const baseUs = timeOfTraceId(traceId) * 1000
  const based = {
    ...span,
    startUs: span.startUs - baseUs,
    firstTokenUs: span.firstTokenUs === null ? null : span.firstTokenUs - baseUs
  }
  const insertion = { sql: insertSpan, params: spanParams(traceId, based) }
  return texts === null ? [insertion] : [insertion, keepSpanTexts(traceId, span.id, texts)]
}

/** A text of the trace as a whole takes the place of the one before, whatever form that had. */
const bodyStatements = (id: string, { key, small }: KeptBody, set: string, setSmall: string): Statement[] => [
  { sql: set, params: [key, id] },
  { sql: setSmall, params: [id, small] }
]
