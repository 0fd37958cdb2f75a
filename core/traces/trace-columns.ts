import type { Span } from '../contract/traces.ts'
import { type Columns, insertion } from '../store/insertion.ts'
import type { NewTrace } from './new-trace.ts'
import { fromTags } from './trace-rows.ts'

/** A trace, and the keys of its bodies where these are large. */
interface KeyedTrace extends NewTrace {
  requestKey: Uint8Array | null
  responseKey: Uint8Array | null
}

const usualColumns: Columns<KeyedTrace> = {
  id: ({ summary }) => summary.id,
  started_at: ({ summary }) => summary.startedAt,
  duration_ms: ({ summary }) => summary.durationMs,
  first_token_ms: ({ summary }) => summary.firstTokenMs,
  status: ({ summary }) => summary.status,
  app: ({ summary }) => summary.app,
  caller_id: ({ callerId }) => callerId ?? null,
  dialect: ({ summary }) => summary.dialect,
  model: ({ summary }) => summary.model,
  provider_id: ({ summary }) => summary.providerId,
  provider_model: ({ summary }) => summary.providerModel,
  title: ({ summary }) => summary.title,
  usage: ({ summary }) => summary.usage && JSON.stringify(summary.usage),
  cost: ({ summary }) => JSON.stringify(summary.cost),
  stream: ({ summary }) => (summary.stream ? 1 : 0),
  source: ({ summary }) => summary.source ?? 'gateway',
  spans: ({ spans }) => packSpans(spans),
  warnings: ({ warnings }) => JSON.stringify(warnings)
}

const seldomColumns: Columns<KeyedTrace> = {
  error_message: ({ summary }) => summary.errorMessage,
  chat_id: ({ chatId }) => chatId,
  request_sha256: ({ requestKey }) => requestKey,
  response_sha256: ({ responseKey }) => responseKey,
  cache: ({ summary }) => summary.cache,
  saved_nano_usd: ({ summary }) => summary.savedNanoUsd,
  route: ({ route }) => route && JSON.stringify(route),
  feature: ({ summary }) => summary.labels?.feature ?? null,
  project: ({ summary }) => summary.labels?.project ?? null,
  session: ({ summary }) => summary.labels?.session ?? null,
  tags: ({ summary }) => (summary.labels ? fromTags(summary.labels.tags) : null),
  otel_trace_id: ({ context }) => context?.traceId ?? null,
  otel_parent_id: ({ context }) => context?.parentSpanId ?? null
}

export const insertTrace = insertion('traces', usualColumns, seldomColumns)

/** Attributes of a call's own spans say what was asked, and are kept with its texts. */
const packSpans = (spans: readonly Span[]): string =>
  JSON.stringify(
    spans.some(({ attributes }) => attributes) ? spans.map(({ attributes: _, ...span }) => span) : spans
  )
