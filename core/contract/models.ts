import { z } from 'zod'

export const providerKinds = ['openai-compatible', 'on-device'] as const

/** A name that can stand before the slash of `provider/model`. */
export const providerIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'use lower-case letters, digits, dots and dashes, at most 40')

/** A model server the person added. Its key lives in the secrets store, never here. */
export const providerSchema = z.object({
  id: providerIdSchema,
  kind: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  /** Calls are spread over all of them. */
  keyCount: z.number().int(),
  options: z.record(z.string(), z.string()),
  /** Whose price list applies: `auto` (by the address), `free` (a server on this machine), or a vendor's id. */
  pricing: z.string(),
  /** Model ids as the upstream lists them; those the person typed when it lists none. */
  models: z.array(z.string()),
  createdAt: z.number().int(),
  lastTest: z
    .object({ ok: z.boolean(), at: z.number().int(), message: z.string(), latencyMs: z.number().nullable() })
    .nullable()
})
export type Provider = z.infer<typeof providerSchema>

const optionsSchema = z.record(z.string().regex(/^[a-z][a-zA-Z0-9-]*$/), z.string().max(2000))
const keySchema = z.string().trim().max(4000)

/** A kind of provider that can be added, and what must be said to add one. */
export const providerKindSchema = z.object({
  kind: z.string(),
  label: z.string(),
  /** Null where the person must say. */
  defaultBaseUrl: z.string().nullable(),
  needsKey: z.boolean(),
  options: z.array(z.object({ name: z.string(), label: z.string(), hint: z.string(), required: z.boolean() }))
})
export type ProviderKind = z.infer<typeof providerKindSchema>

export const addProviderSchema = z.strictObject({
  id: providerIdSchema,
  /** One of `GET /app/provider-kinds`. */
  kind: z.string().min(1).max(40).default('openai-compatible'),
  name: z.string().trim().min(1).max(80).optional(),
  /** May be left out for a kind that has a usual address. */
  baseUrl: z.string().trim().min(1).max(2000).optional(),
  key: keySchema.optional(),
  /** Further keys: calls are spread over all of them. */
  moreKeys: z.array(keySchema.min(1)).max(19).optional(),
  options: optionsSchema.default({}),
  pricing: z.string().max(40).default('auto'),
  /** Models to offer where the upstream has no list. */
  models: z.array(z.string().trim().min(1).max(200)).max(500).optional(),
  /** Save even when the test fails. */
  force: z.boolean().default(false)
})
export type AddProvider = z.infer<typeof addProviderSchema>
export const updateProviderSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  baseUrl: z.string().trim().min(1).max(2000).optional(),
  /** Replaces all keys; null or empty, with none. */
  key: keySchema.nullable().optional(),
  /** With `key`, further keys beside it; without, they are added to those saved. At most 20 in all. */
  moreKeys: z.array(keySchema.min(1)).max(19).optional(),
  options: optionsSchema.optional(),
  pricing: z.string().max(40).optional(),
  models: z.array(z.string().trim().min(1).max(200)).max(500).optional(),
  force: z.boolean().default(false)
})
export type UpdateProvider = z.infer<typeof updateProviderSchema>

export const providerTestSchema = z.object({
  ok: z.boolean(),
  message: z.string(),
  latencyMs: z.number().nullable(),
  models: z.array(z.string())
})
export type ProviderTest = z.infer<typeof providerTestSchema>

/** A local server that answered on its usual port. */
export const discoveredServerSchema = z.object({
  id: providerIdSchema,
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.string()),
  alreadyAdded: z.boolean()
})
export type DiscoveredServer = z.infer<typeof discoveredServerSchema>

/** Anything that can be named in a request's `model`. */
export const modelSchema = z.object({
  /** `provider/model`, the address used in requests. */
  id: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  name: z.string(),
  /** What it is for; absent is a chat, as far as anyone knows. */
  kind: z.enum(['chat', 'embedding', 'rerank']).optional(),
  onDevice: z.boolean(),
  /** The longest prompt. */
  contextTokens: z.number().int().nullable(),
  /** Of one answer, thoughts included. */
  maxOutputTokens: z.number().int().nullable(),
  /** Whether a price row covers it (on-device models are free). */
  priced: z.boolean(),
  /** What it can do, as far as anyone knows; absent is unknown. */
  abilities: z.object({
    vision: z.boolean().optional(),
    tools: z.boolean().optional(),
    json: z.boolean().optional(),
    reasoning: z.boolean().optional()
  })
})
export type Model = z.infer<typeof modelSchema>
