import { z } from 'zod'
import { usageSchema } from './usage.ts'

/** Everything the engine understands of a chat request; the provider drops the rest and says so. */
export const engineChatSchema = z.object({
  modelPath: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })),
  maxTokens: z.number().int().positive().nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  topP: z.number().min(0).max(1).nullable(),
  topK: z.number().int().min(0).nullable(),
  minP: z.number().min(0).max(1).nullable(),
  seed: z.number().int().nullable(),
  stop: z.array(z.string().min(1)).max(16),
  /** `json`: any JSON value. An object: constrained to that schema. */
  output: z.union([z.literal('text'), z.literal('json'), z.object({ schema: z.unknown() })])
})
export type EngineChat = z.infer<typeof engineChatSchema>

/** Daemon to engine. `id` numbers a request on this connection. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.number().int(), chat: engineChatSchema }),
  z.object({ type: z.literal('cancel'), id: z.number().int() })
])
export type ToEngine = z.infer<typeof toEngineSchema>

/** Engine to daemon. The first frame on a connection is `hello` with the secret from its environment. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), secret: z.string(), backend: z.string() }),
  z.object({ type: z.literal('delta'), id: z.number().int(), text: z.string(), reasoning: z.string() }),
  z.object({
    type: z.literal('end'),
    id: z.number().int(),
    finish: z.enum(['stop', 'length', 'cancelled']),
    usage: usageSchema
  }),
  z.object({
    type: z.literal('error'),
    id: z.number().int(),
    code: z.enum(['bad-request', 'context-overflow', 'load-failed', 'failed']),
    message: z.string()
  })
])
export type FromEngine = z.infer<typeof fromEngineSchema>
