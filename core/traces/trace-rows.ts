import { z } from 'zod'
import { routePreviewSchema } from '../contract/aliases.ts'
import { type Span, spanSchema, type Trace, type TraceSource, type TraceSummary } from '../contract/traces.ts'
import { costSchema, usageSchema } from '../contract/usage.ts'
import type { SqlValue } from '../store/sql.ts'

/** What a list shows of a trace, in the order of `SummaryRow`. */
export const summaryColumns = `id, started_at AS startedAt, duration_ms AS durationMs, first_token_ms AS firstTokenMs, status, app,
  dialect, model, provider_id AS providerId, provider_model AS providerModel, cache, saved_nano_usd AS savedNanoUsd, title,
  usage, cost, stream, error_message AS errorMessage, feature, project, session, tags, score, source`

export type SummaryRow = Omit<TraceSummary, 'usage' | 'cost' | 'stream' | 'labels' | 'score' | 'source'> & {
  usage: string | null
  cost: string
  stream: number
  feature: string | null
  project: string | null
  session: string | null
  tags: string | null
  score: number | null
  source: TraceSource
}

export const detailColumns = `${summaryColumns}, comment, booked_cost AS bookedCost, spans, route, warnings, otel_trace_id AS otelTraceId,
  otel_parent_id AS parentSpanId`
export type DetailRow = SummaryRow & {
  comment: string | null
  bookedCost: string | null
  spans: string
  route: string | null
  warnings: string
  otelTraceId: string | null
  parentSpanId: string | null
}

export const spanColumns = `id, parent_id AS parentId, name, kind, start_us AS startUs, duration_us AS durationUs, status, note,
  first_token_us AS firstTokenUs, attributes`
export type SpanRow = Omit<Span, 'attributes'> & { attributes: string | null }

const strings = z.array(z.string())
const packedSpans = z.array(spanSchema)
const attributes = z.record(z.string(), z.unknown())

export function toSummary(row: SummaryRow): TraceSummary {
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
    errorMessage: row.errorMessage,
    labels: { feature: row.feature, project: row.project, session: row.session, tags: toTags(row.tags) },
    score: row.score,
    source: row.source
  }
}

export const toTags = (tags: string | null): string[] =>
  tags === null ? [] : strings.parse(JSON.parse(tags))
export const fromTags = (tags: readonly string[]): string | null =>
  tags.length === 0 ? null : JSON.stringify([...new Set(tags)])

/** All of a trace but its bodies, and of its spans those that came with it. */
export function toDetail(row: DetailRow): Omit<Trace, 'requestBody' | 'responseBody' | 'bodiesTruncated'> {
  return {
    ...toSummary(row),
    comment: row.comment,
    bookedCost: row.bookedCost === null ? null : costSchema.parse(JSON.parse(row.bookedCost)),
    parentSpanId: row.parentSpanId,
    spans: toSpans(row.spans),
    route: row.route === null ? null : routePreviewSchema.parse(JSON.parse(row.route)),
    warnings: strings.parse(JSON.parse(row.warnings))
  }
}

export const toSpans = (packed: string): Span[] => packedSpans.parse(JSON.parse(packed))

export function toSpan({ attributes: packed, ...span }: SpanRow): Span {
  return packed === null ? span : { ...span, attributes: attributes.parse(JSON.parse(packed)) }
}

export function spanParams(traceId: string, span: Span): SqlValue[] {
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
    span.firstTokenUs,
    span.attributes ? JSON.stringify(span.attributes) : null
  ]
}
