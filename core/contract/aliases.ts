import { z } from 'zod'
import { scopeTextSchema } from './knowledge.ts'
import { strategyNames } from './strategies.ts'

/** Sorts requests by difficulty, and is nobody's to redefine. */
export const AUTO = 'auto'

/** A name that stands for models. It has no slash, so it is never mistaken for `provider/model`. */
export const aliasNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dots, dashes; no slash')
  .refine((name) => name !== AUTO, '"auto" is Homeport’s own')

export const strategySchema = z.enum(strategyNames)
export type Strategy = z.infer<typeof strategySchema>

/** When a target is for a request; all that is given must hold. */
export const routeRuleSchema = z.strictObject({
  /** Of the prompt, estimated. */
  minTokens: z.number().int().min(0).optional(),
  maxTokens: z.number().int().min(1).optional(),
  hasCode: z.boolean().optional(),
  hasImages: z.boolean().optional(),
  hasTools: z.boolean().optional(),
  /** Ids of app keys. */
  appKeys: z.array(z.string()).max(100).optional(),
  /** The request must not leave this machine. */
  onDeviceOnly: z.boolean().optional()
})
export type RouteRule = z.infer<typeof routeRuleSchema>

export const aliasTargetSchema = z.strictObject({
  /** `provider/model`. */
  model: z.string().trim().min(1).max(300),
  /** Share of the calls under `weighted`. */
  weight: z.number().int().min(1).max(1000).default(1),
  /** Under `rules`; a target without one takes whatever reaches it. */
  when: routeRuleSchema.optional()
})
export type AliasTarget = z.infer<typeof aliasTargetSchema>

const timeoutMs = z.number().int().min(100).max(600_000).nullable().default(null)

export const saveAliasSchema = z.strictObject({
  strategy: strategySchema.default('priority'),
  targets: z.array(aliasTargetSchema).min(1).max(50),
  /** Ask the next target when one refuses for its content policy. */
  fallbackOnRefusal: z.boolean().default(false),
  /** Ask the next target when none of the answer has come by then. */
  firstTokenTimeoutMs: timeoutMs,
  /** Give up on an answer that has stopped for so long. */
  idleTimeoutMs: timeoutMs,
  /** What of the person's notes and files its answers are looked up in. */
  knowledge: z.array(scopeTextSchema).max(20).optional()
})
export type SaveAlias = z.infer<typeof saveAliasSchema>

export const aliasSchema = saveAliasSchema.extend({ name: z.string() })
export type Alias = z.infer<typeof aliasSchema>

/** How a target has been doing. `resting`: failed, and is left alone until `restsUntil`. `trying`: one call probes it. */
export const targetHealthSchema = z.object({
  model: z.string(),
  state: z.enum(['unused', 'well', 'resting', 'trying']),
  restsUntil: z.number().int().nullable(),
  /** Decaying average of the time to the first token. */
  latencyMs: z.number().nullable(),
  inFlight: z.number().int(),
  /** In the last five minutes. */
  calls: z.number().int(),
  failures: z.number().int(),
  lastError: z.string().nullable()
})
export type TargetHealth = z.infer<typeof targetHealthSchema>

/** A request as far as routing looks at it. */
export const routePreviewRequestSchema = z.strictObject({
  model: z.string().min(1).max(300),
  /** What `model` would stand for: an alias as it could be saved, in place of the saved one. */
  draft: saveAliasSchema.optional(),
  prompt: z.string().max(200_000).default(''),
  hasImages: z.boolean().default(false),
  hasTools: z.boolean().default(false),
  wantsJson: z.boolean().default(false),
  appKeyId: z.string().optional(),
  onDeviceOnly: z.boolean().default(false)
})
export type RoutePreviewRequest = z.infer<typeof routePreviewRequestSchema>

/** Who would be asked, in which order, and why; those left out say why too. */
export const routePreviewSchema = z.object({
  /** One sentence. */
  why: z.string(),
  order: z.array(z.object({ model: z.string(), why: z.string() })),
  leftOut: z.array(z.object({ model: z.string(), why: z.string() })),
  /** Under `auto`: the score from 0 (easy) to 1 (hard), and what made it. */
  difficulty: z
    .object({ score: z.number(), reasons: z.array(z.object({ what: z.string(), points: z.number() })) })
    .nullable()
})
export type RoutePreview = z.infer<typeof routePreviewSchema>
