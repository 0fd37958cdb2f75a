import { z } from 'zod'

export const alertKinds = [
  'cost',
  'anomaly',
  'error-rate',
  'latency',
  'budget',
  'provider-down',
  'no-data'
] as const
export const alertStates = ['unknown', 'ok', 'warning', 'alert', 'no-data', 'paused'] as const

/** What is watched. Every kind has sensible thresholds, which a rule may change. */
export const saveAlertSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  kind: z.enum(alertKinds),
  /** Of the kind: nano-USD, times the usual, percent, times the usual, percent of the budget, failed calls, hours. */
  threshold: z.number().positive(),
  windowMinutes: z.number().int().min(1).max(44_640),
  /** Calls needed to judge. */
  leastCalls: z.number().int().min(1).max(100_000).default(10),
  /** Only calls of this provider, model, app or feature. */
  scope: z
    .strictObject({
      provider: z.string().max(40).optional(),
      model: z.string().max(300).optional(),
      app: z.string().max(80).optional(),
      feature: z.string().max(80).optional(),
      budgetId: z.string().max(60).optional()
    })
    .default({}),
  /** Told again while it lasts, after so long; 0: once. */
  renotifyMinutes: z.number().int().min(0).max(44_640).default(0),
  /** POSTed to, with the alert as JSON. */
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  paused: z.boolean().default(false)
})
export type SaveAlert = z.input<typeof saveAlertSchema>

export const alertRuleSchema = saveAlertSchema.extend({
  id: z.string(),
  state: z.enum(alertStates),
  stateSince: z.number().int(),
  /** What was measured last, in the unit of the threshold. */
  value: z.number().nullable(),
  builtIn: z.boolean()
})
export type AlertRule = z.infer<typeof alertRuleSchema>

/** One thing the person was told. */
export const noticeSchema = z.object({
  id: z.string(),
  at: z.number().int(),
  ruleId: z.string().nullable(),
  kind: z.enum(alertKinds),
  state: z.enum(alertStates),
  title: z.string(),
  text: z.string(),
  /** A call behind it. */
  traceId: z.string().nullable(),
  readAt: z.number().int().nullable(),
  /** What can be done at once. */
  steps: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('pause-key'), keyId: z.string(), label: z.string() }),
      z.object({ kind: z.literal('edit-alias'), alias: z.string(), label: z.string() }),
      z.object({ kind: z.literal('raise-budget'), budgetId: z.string(), label: z.string() }),
      z.object({ kind: z.literal('open-provider'), providerId: z.string(), label: z.string() })
    ])
  )
})
export type Notice = z.infer<typeof noticeSchema>
