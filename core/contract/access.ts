import { z } from 'zod'
import { scopeTextSchema } from './knowledge.ts'

/** What one program may take. Null is no limit. */
export const keyLimitsSchema = z.strictObject({
  requestsPerMinute: z.number().int().min(1).max(1_000_000).nullable(),
  /** Tokens in and out. */
  tokensPerMinute: z.number().int().min(1).max(1_000_000_000).nullable(),
  /** Its requests never leave this machine. */
  onDeviceOnly: z.boolean(),
  /** Scopes of the person's notes and files that it may read and be answered from: `*`, `vault/Food#recipe`. Absent: none. */
  knowledge: z.array(scopeTextSchema).max(20).optional()
})
export type KeyLimits = z.infer<typeof keyLimitsSchema>
/** What a key has when nobody said otherwise. */
export const noLimits: KeyLimits = { requestsPerMinute: null, tokensPerMinute: null, onDeviceOnly: false }

/** A program's own key. The secret itself is shown once, on creation, and stored hashed. */
export const appKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the key, enough to tell two apart. */
  prefix: z.string(),
  createdAt: z.number().int(),
  lastUsedAt: z.number().int().nullable(),
  revokedAt: z.number().int().nullable(),
  /** Since when its calls are refused; null: they are not. */
  pausedAt: z.number().int().nullable(),
  limits: keyLimitsSchema
})
export type AppKey = z.infer<typeof appKeySchema>

const keyNameSchema = z.string().trim().min(1).max(80)
export const createAppKeySchema = z.strictObject({
  name: keyNameSchema,
  limits: keyLimitsSchema.partial().optional()
})
export type CreateAppKey = z.input<typeof createAppKeySchema>
export const updateAppKeySchema = z.strictObject({
  name: keyNameSchema.optional(),
  limits: keyLimitsSchema.partial().optional(),
  /** Its calls are refused from now on, until this is false again. */
  paused: z.boolean().optional()
})
export type UpdateAppKey = z.input<typeof updateAppKeySchema>
export const createdAppKeySchema = z.object({ key: appKeySchema, secret: z.string() })
export type CreatedAppKey = z.infer<typeof createdAppKeySchema>

/** The single-use code of a printed link, exchanged for a session token. */
export const sessionRequestSchema = z.strictObject({ code: z.string().min(1).max(200) })
export const sessionSchema = z.object({ token: z.string(), expiresAt: z.number().int() })
export const mintedCodeSchema = z.object({ code: z.string(), expiresAt: z.number().int(), url: z.string() })

/** Where provider keys are kept, and how much that protects. */
export const secretsStatusSchema = z.object({
  backend: z.enum(['keychain', 'passphrase-file', 'key-file']),
  /** One sentence for people: what protects the keys now. */
  description: z.string(),
  /** Why the keychain is not used, when it is not. */
  keychainProblem: z.string().nullable()
})
export type SecretsStatus = z.infer<typeof secretsStatusSchema>
