import { z } from 'zod'
import { routePreviewSchema } from './aliases.ts'
import { costSchema, usageSchema } from './usage.ts'

/** How a call ended. `aborted`: the client went away or stopped it. `cut`: the upstream broke off. */
export const callStatusSchema = z.enum(['ok', 'error', 'aborted', 'cut'])
export type CallStatus = z.infer<typeof callStatusSchema>

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
  errorMessage: z.string().nullable()
})
export type TraceSummary = z.infer<typeof traceSummarySchema>

/** One bar of the waterfall. Times are microseconds after the trace's start. */
export const spanSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['stage', 'provider']),
  startUs: z.number().int(),
  durationUs: z.number().int(),
  status: z.enum(['ok', 'error']),
  /** What the row says at its right: counts, a reason, an error. */
  note: z.string().nullable(),
  firstTokenUs: z.number().int().nullable()
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
  bodiesTruncated: z.boolean()
})
export type Trace = z.infer<typeof traceSchema>

export const traceQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Return traces that started before this one. */
  before: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  status: callStatusSchema.optional(),
  search: z.string().max(200).optional()
})
export type TraceQuery = z.infer<typeof traceQuerySchema>

/** Totals of the ledger since local midnight. */
export const spendTodaySchema = z.object({
  nanoUsd: z.number().int(),
  calls: z.number().int(),
  unknownPriceCalls: z.number().int()
})
export type SpendToday = z.infer<typeof spendTodaySchema>
