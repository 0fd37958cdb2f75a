import type { z } from 'zod'
import type { Trace, traceExportPageSchema, traceExportQuerySchema } from '../contract/traces.ts'
import { csvLine } from '../lib/csv.ts'
import type { TraceDetailRepository } from './trace-detail-repository.ts'
import type { TraceListRepository } from './trace-list-repository.ts'

const PAGE_TRACES = 500
/** A page ends after the trace with which it has become this long. */
const PAGE_CHARS = 4_000_000
/** Bodies are bounded at 64 MB where they come in. */
const WHOLE_BODY = Number.MAX_SAFE_INTEGER

export type TraceExportQuery = z.infer<typeof traceExportQuerySchema>
export type TraceExportPage = z.infer<typeof traceExportPageSchema>

/** One page of an export, newest first: a trace a line. JSONL has all of it, CSV what a table can hold. */
export function exportPage(
  traces: { lists: TraceListRepository; details: TraceDetailRepository },
  { format, bodies, before, ...filter }: TraceExportQuery
): TraceExportPage {
  const ids = traces.lists.ids(filter, before, PAGE_TRACES)
  const withBodies = bodies === 'true'
  let text = format === 'csv' && before === undefined ? csvLine(csvHead(withBodies)) : ''
  for (const [index, id] of ids.entries()) {
    const trace = traces.details.get(id, withBodies ? WHOLE_BODY : 0)
    if (trace) text += format === 'csv' ? csvLine(csvRow(trace, withBodies)) : jsonLine(trace, withBodies)
    const isLast = index === ids.length - 1 && ids.length < PAGE_TRACES
    if (text.length >= PAGE_CHARS && !isLast) return { text, next: id }
  }
  return { text, next: ids.length < PAGE_TRACES ? null : (ids.at(-1) ?? null) }
}

function jsonLine(
  { requestBody, responseBody, bodiesTruncated: _, ...trace }: Trace,
  withBodies: boolean
): string {
  return `${JSON.stringify(withBodies ? { ...trace, requestBody, responseBody } : trace)}\n`
}

const csvColumns = {
  id: ({ id }) => id,
  started: ({ startedAt }) => new Date(startedAt).toISOString(),
  duration_ms: ({ durationMs }) => durationMs,
  first_token_ms: ({ firstTokenMs }) => firstTokenMs,
  status: ({ status }) => status,
  app: ({ app }) => app,
  feature: ({ labels }) => labels?.feature ?? null,
  project: ({ labels }) => labels?.project ?? null,
  session: ({ labels }) => labels?.session ?? null,
  tags: ({ labels }) => labels?.tags.join(' ') ?? null,
  dialect: ({ dialect }) => dialect,
  model: ({ model }) => model,
  provider: ({ providerId }) => providerId,
  provider_model: ({ providerModel }) => providerModel,
  cache: ({ cache }) => cache,
  input_tokens: ({ usage }) => usage?.input.total ?? null,
  output_tokens: ({ usage }) => usage?.output.total ?? null,
  cost: ({ cost }) => cost.kind,
  cost_nano_usd: ({ cost }) => (cost.kind === 'priced' ? cost.nanoUsd : null),
  score: ({ score }) => score ?? null,
  comment: ({ comment }) => comment ?? null,
  error: ({ errorMessage }) => errorMessage,
  title: ({ title }) => title
} satisfies Record<string, (trace: Trace) => string | number | null>

const csvHead = (withBodies: boolean): string[] => [
  ...Object.keys(csvColumns),
  ...(withBodies ? ['request', 'response'] : [])
]
const csvRow = (trace: Trace, withBodies: boolean): (string | number | null)[] => [
  ...Object.values(csvColumns).map((read) => read(trace)),
  ...(withBodies ? [trace.requestBody, trace.responseBody] : [])
]
