import type { Span, Trace, TraceSource, TraceSummary } from '../contract/traces.ts'
import type { Reader } from '../store/store.ts'
import type { BodyTextRepository } from './body-text-repository.ts'
import { spanTextsOf } from './span-text-repository.ts'
import { cutText } from './text-cut.ts'
import { timeOfTraceId } from './trace-id-time.ts'
import {
  type DetailRow,
  detailColumns,
  type SpanRow,
  type SummaryRow,
  spanColumns,
  summaryColumns,
  toDetail,
  toSpan,
  toSpans,
  toSummary
} from './trace-rows.ts'

/** Of all that the spans of other programs say, so much is shown for each character of a body. */
const SPAN_TEXTS_FACTOR = 10
/** Of one whole, so many traces are shown in the waterfall of each. */
const SHOWN_JOINED = 200

const selectTrace = `SELECT ${detailColumns} FROM traces WHERE id = ?`
const selectSummary = `SELECT ${summaryColumns} FROM traces WHERE id = ?`
const selectSpans = `SELECT ${spanColumns} FROM spans WHERE trace_id = ?`
const countSpans = 'SELECT count(*) AS spans FROM spans WHERE trace_id = ?'
const selectJoined = `
  SELECT id, started_at AS startedAt, source, otel_parent_id AS parentSpanId, spans FROM traces
  WHERE otel_trace_id = ? AND id <> ? ORDER BY id LIMIT ${SHOWN_JOINED}`

interface JoinedRow {
  id: string
  startedAt: number
  source: TraceSource
  parentSpanId: string | null
  /** Those that came with it, as JSON. */
  spans: string
}

/** One trace, whole. */
export class TraceDetailRepository {
  readonly #reader: Reader
  readonly #bodies: BodyTextRepository

  constructor(reader: Reader, bodies: BodyTextRepository) {
    this.#reader = reader
    this.#bodies = bodies
  }

  /** With the spans of all that the same whole holds. Bodies are cut at `maxBodyChars` UTF-16 units. */
  get(id: string, maxBodyChars: number): Trace | null {
    const row = this.#reader.get<DetailRow>(selectTrace, id)
    if (!row) return null
    const detail = toDetail(row)
    const texts = this.#bodies.textsOf(id, maxBodyChars)
    const request = cutText(texts.request, maxBodyChars)
    const response = cutText(texts.response, maxBodyChars)
    const spans = [...this.#ownSpans(row, detail.spans, maxBodyChars), ...this.#joinedSpans(row)]
    return {
      ...detail,
      spans: spans.sort((a, b) => a.startUs - b.startUs),
      requestBody: request.text,
      responseBody: response.text,
      bodiesTruncated: request.cut || response.cut
    }
  }

  summary(id: string): TraceSummary | null {
    const row = this.#reader.get<SummaryRow>(selectSummary, id)
    return row ? toSummary(row) : null
  }

  /** How many spans of it have rows of their own. */
  spanCount(id: string): number {
    return this.#reader.get<{ spans: number }>(countSpans, id)?.spans ?? 0
  }

  #spansOf(id: string): Span[] {
    return this.#reader.all<SpanRow>(selectSpans, id).map(toSpan)
  }

  #ownSpans(row: DetailRow, packed: Span[], maxBodyChars: number): Span[] {
    const spans = [...packed, ...shifted(this.#spansOf(row.id), baseOf(row) - row.startedAt)]
    if (maxBodyChars === 0) return spans
    const texts = spanTextsOf(this.#reader, row.id, maxBodyChars * SPAN_TEXTS_FACTOR)
    if (texts.size === 0) return spans
    return spans.map((span) => {
      const said = texts.get(span.id)
      return said ? { ...span, attributes: { ...span.attributes, ...said } } : span
    })
  }

  /** The spans of the traces it belongs together with, each under the span that caused it. */
  #joinedSpans({ id, otelTraceId, startedAt }: DetailRow): Span[] {
    if (otelTraceId === null) return []
    return this.#reader.all<JoinedRow>(selectJoined, otelTraceId, id).flatMap((joined) => {
      const spans = [...toSpans(joined.spans).filter(isShownElsewhere), ...this.#spansOf(joined.id)]
      return shifted(spans, baseOf(joined) - startedAt).map((span) => ({
        ...span,
        traceId: joined.id,
        parentId: span.parentId ?? joined.parentSpanId
      }))
    })
  }
}

/** How this gateway went about a call is of interest in its own trace. */
const isShownElsewhere = ({ kind }: Span): boolean => kind !== 'stage'

/** The time that a trace's spans count from, in milliseconds UTC. Where they come in pieces it is not the first one's. */
const baseOf = ({ id, startedAt, source }: Pick<JoinedRow, 'id' | 'startedAt' | 'source'>): number =>
  source === 'otlp' ? timeOfTraceId(id) : startedAt

const shifted = (spans: Span[], ms: number): Span[] =>
  spans.map((span) => ({
    ...span,
    startUs: span.startUs + ms * 1000,
    firstTokenUs: span.firstTokenUs === null ? null : span.firstTokenUs + ms * 1000
  }))
