import { z } from 'zod'
import { routePreviewSchema } from './aliases.ts'
import { costSchema, usageSchema } from './usage.ts'

/** How a call ended. `aborted`: the client went away or stopped it. `cut`: the upstream broke off. */
export const callStatusSchema = z.enum(['ok', 'error', 'aborted', 'cut'])
export type CallStatus = z.infer<typeof callStatusSchema>

/** A model that was asked through the gateway, a span that another program sent, or notes that one read (`model` is the tool). */
export const traceSourceSchema = z.enum(['gateway', 'otlp', 'mcp'])
export type TraceSource = z.infer<typeof traceSourceSchema>

/** What a client says about a call, in headers or metadata, to find it again and to sum it up. */
export const callLabelsSchema = z.object({
  /** What part of a program asked. */
  feature: z.string().nullable(),
  project: z.string().nullable(),
  /** Of several calls that belong together: a conversation, a run of an agent. */
  session: z.string().nullable(),
  tags: z.array(z.string())
})
export type CallLabels = z.infer<typeof callLabelsSchema>

/** One call as it stands in the Activity list. */
export const traceSummarySchema = z.object({
  /** 32 hex digits. */
  id: z.string(),
  startedAt: z.number().int(),
  durationMs: z.number(),
  firstTokenMs: z.number().nullable(),
  status: callStatusSchema,
  /** Name of the caller: an app key's name, `Chat`, `Quick prompt` or `Command line`. */
  app: z.string(),
  dialect: z.string(),
  /** As asked for. */
  model: z.string(),
  /** Who answered, or was asked last; null where nobody was. */
  providerId: z.string().nullable(),
  /** The model's id there; null also where a trace is older than this field. */
  providerModel: z.string().nullable(),
  /** `hit`: a kept answer was given, and nobody was asked. Null where the cache had no part in the call. */
  cache: z.enum(['hit', 'miss']).nullable(),
  /** What a hit spared; null where nobody knows, and where there was none. */
  savedNanoUsd: z.number().int().nonnegative().nullable(),
  /** The first words of the last user message; empty when bodies are not recorded. */
  title: z.string(),
  usage: usageSchema.nullable(),
  cost: costSchema,
  stream: z.boolean(),
  errorMessage: z.string().nullable(),
  /** Absent on traces older than this field. */
  labels: callLabelsSchema.optional(),
  /** What the person thought of the answer: -1 to 1; null where they did not say. */
  score: z.number().min(-1).max(1).nullable().optional(),
  source: traceSourceSchema.optional()
})
export type TraceSummary = z.infer<typeof traceSummarySchema>

/** One bar of the waterfall. Times are microseconds after the trace's start. */
export const spanSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['stage', 'provider', 'tool', 'retrieval', 'memory', 'guardrail', 'agent', 'other']),
  startUs: z.number().int(),
  durationUs: z.number().int(),
  status: z.enum(['ok', 'error']),
  /** What the row says at its right: counts, a reason, an error. */
  note: z.string().nullable(),
  firstTokenUs: z.number().int().nullable(),
  /** What another program said of it (OpenTelemetry attributes). */
  attributes: z.record(z.string(), z.unknown()).optional(),
  /** The trace it was recorded in, where that is another one of the same whole. */
  traceId: z.string().optional()
})
export type Span = z.infer<typeof spanSchema>

export const traceSchema = traceSummarySchema.extend({
  spans: z.array(spanSchema),
  /** How the model was chosen; null where it was asked for by its name. */
  route: routePreviewSchema.nullable(),
  /** What a translation or the engine dropped, in the words of the warning header. */
  warnings: z.array(z.string()),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  /** Texts above are cut at this many characters; the export has all. */
  bodiesTruncated: z.boolean(),
  comment: z.string().nullable().optional(),
  /** What it was booked at, where it was priced anew since; null, or absent on older ones, where it was not. */
  bookedCost: costSchema.nullable().optional(),
  /** The span of another program that caused it; null, or absent on older ones, where nobody named one. */
  parentSpanId: z.string().nullable().optional()
})
export type Trace = z.infer<typeof traceSchema>

/** Narrow a list of traces; all of them must hold. The empty text means those that have none (no feature, say). */
const traceFilters = {
  status: callStatusSchema.optional(),
  /** As asked for, or `provider/model` that answered. */
  model: z.string().max(300).optional(),
  provider: z.string().max(40).optional(),
  /** The name it had then, or the id of its key. */
  app: z.string().max(80).optional(),
  dialect: z.string().max(40).optional(),
  feature: z.string().max(80).optional(),
  project: z.string().max(80).optional(),
  session: z.string().max(200).optional(),
  tag: z.string().max(80).optional(),
  source: traceSourceSchema.optional(),
  /** Milliseconds UTC; `until` is not part of it. */
  from: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
  /** Bounds belong to what is asked for. A call without a price in money is in no range of costs. */
  minCostNanoUsd: z.coerce.number().int().optional(),
  maxCostNanoUsd: z.coerce.number().int().optional(),
  minDurationMs: z.coerce.number().optional(),
  maxDurationMs: z.coerce.number().optional(),
  /** Words in title, model or app, of the newest 10,000. */
  search: z.string().max(200).optional(),
  /** Words in prompts and answers. */
  text: z.string().max(200).optional()
}

export const traceQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Return traces that started before this one. */
  before: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  ...traceFilters
})
export type TraceQuery = z.infer<typeof traceQuerySchema>

/** Totals of the ledger since local midnight. */
export const spendTodaySchema = z.object({
  nanoUsd: z.number().int(),
  calls: z.number().int(),
  unknownPriceCalls: z.number().int()
})
export type SpendToday = z.infer<typeof spendTodaySchema>

export const traceFacetsQuerySchema = z.strictObject(traceFilters)
export type TraceFilters = z.infer<typeof traceFacetsQuerySchema>
const facet = z.array(z.object({ value: z.string(), count: z.number().int() }))
/** How many traces each value has, most first, among those that all the other filters leave. */
export const traceFacetsSchema = z.object({
  total: z.number().int(),
  /** The oldest that was counted, where there are more than are counted. Milliseconds UTC. */
  countedSince: z.number().int().nullable(),
  status: facet,
  model: facet,
  provider: facet,
  app: facet,
  feature: facet,
  project: facet,
  tag: facet
})
export type TraceFacets = z.infer<typeof traceFacetsSchema>

export const updateTraceSchema = z.strictObject({
  tags: z.array(z.string().trim().min(1).max(80)).max(20).optional(),
  score: z.number().min(-1).max(1).nullable().optional(),
  comment: z.string().max(10_000).nullable().optional()
})

/** Lists of what was recorded lately, whenever they are looked at. */
export const traceWindows = ['1h', '24h', '7d', '30d'] as const
/** A list of traces under a name. */
export const traceViewSchema = z.object({
  name: z.string().trim().min(1).max(80),
  query: traceFacetsQuerySchema.extend({ since: z.enum(traceWindows).optional() })
})
export type TraceView = z.infer<typeof traceViewSchema>

/** One page of an export; ask again with `next` until it is null. */
/** So many at a time: all others that have the same texts are looked through for them. */
export const MAX_ERASED_TRACES = 100
export const eraseTracesSchema = z.strictObject({
  ids: z.array(z.string().max(100)).min(1).max(MAX_ERASED_TRACES),
  keep: z.enum(['numbers']).optional()
})

export const traceExportQuerySchema = z.strictObject({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  bodies: z.enum(['true', 'false']).default('false'),
  before: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  ...traceFilters
})
export const traceExportPageSchema = z.object({ text: z.string(), next: z.string().nullable() })
