import { z } from 'zod'
import { usageSchema } from './usage.ts'

/** Everything the engine understands of a chat request; the provider drops the rest and says so. */
export const engineChatSchema = z.object({
  modelPath: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })).min(1),
  maxTokens: z.number().int().positive().nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  topP: z.number().min(0).max(1).nullable(),
  topK: z.number().int().min(0).max(1_000_000).nullable(),
  minP: z.number().min(0).max(1).nullable(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .nullable(),
  stop: z.array(z.string().min(1).max(1000)).max(16),
  /** `json`: any JSON value. An object: constrained to that schema. */
  output: z.union([z.literal('text'), z.literal('json'), z.object({ schema: z.unknown() })])
})
export type EngineChat = z.infer<typeof engineChatSchema>

/** Daemon to engine. `id` numbers a request on this connection. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.number().int(), chat: engineChatSchema }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  /** Asks whether the engine still answers. */
  z.object({ type: z.literal('ping') })
])
export type ToEngine = z.infer<typeof toEngineSchema>

export const engineErrorCodes = ['bad-request', 'context-overflow', 'load-failed', 'failed'] as const

/** Engine to daemon. The first frame on a connection is `hello` with the secret from its environment. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), secret: z.string(), backend: z.string() }),
  z.object({ type: z.literal('pong') }),
  /** The model that is in memory now, if any. */
  z.object({ type: z.literal('loaded'), modelPath: z.string().nullable() }),
  /** The request left the queue; what goes wrong from here on is its own doing. */
  z.object({ type: z.literal('begin'), id: z.number().int() }),
  /** The model is loaded and the prompt fits: the answer follows. */
  z.object({ type: z.literal('accepted'), id: z.number().int() }),
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
    code: z.enum(engineErrorCodes),
    message: z.string()
  })
])
export type FromEngine = z.infer<typeof fromEngineSchema>

/** The environment an engine process finds its daemon by. */
export const engineEnvironment = {
  socket: 'HOMEPORT_ENGINE_SOCKET',
  secret: 'HOMEPORT_ENGINE_SECRET'
} as const
/** Tokens of context the engine reserves memory for at most, whatever a model was trained for. */
export const MAX_CONTEXT_TOKENS = 16_384
