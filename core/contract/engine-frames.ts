import { z } from 'zod'
import { kvCacheTypes, localModelKinds, overflowStrategies } from './local-models.ts'
import { usageSchema } from './usage.ts'

const count = z.number().int().nonnegative()

/** How a model is to be in memory. A loaded model that is asked for otherwise is loaded anew. */
export const engineModelSchema = z.object({
  path: z.string(),
  /** The most of one conversation; null: as much as is sensible here. */
  contextTokens: count.nullable(),
  parallel: count.nullable(),
  gpuLayers: count.nullable(),
  threads: count.nullable(),
  flashAttention: z.boolean().nullable(),
  kvCache: z.enum(kvCacheTypes),
  /** A small model of the same vocabulary that guesses ahead. */
  draftPath: z.string().nullable(),
  /** Unloaded after so long without a request; 0: not for that. */
  idleMs: count,
  /** Expected, so that room can be made before it is loaded; null where it is not known. */
  memoryBytes: count.nullable()
})
export type EngineModel = z.infer<typeof engineModelSchema>

export const engineToolCallSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** JSON text. */
  arguments: z.string()
})

export const engineMessageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), text: z.string() }),
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    text: z.string(),
    toolCalls: z.array(engineToolCallSchema)
  }),
  z.object({ role: z.literal('tool'), callId: z.string(), name: z.string(), text: z.string() })
])
export type EngineMessage = z.infer<typeof engineMessageSchema>

/** Everything the engine understands of a chat request; the provider drops the rest and says so. */
export const engineChatSchema = z.object({
  messages: z.array(engineMessageSchema).min(1),
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      /** In the form the binding's grammar takes (grammar-schema.ts); null without parameters. */
      parameters: z.unknown().nullable()
    })
  ),
  toolChoice: z.union([z.enum(['auto', 'none', 'required']), z.object({ name: z.string() })]),
  parallelToolCalls: z.boolean(),
  maxTokens: z.number().int().positive().nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  topP: z.number().min(0).max(1).nullable(),
  topK: z.number().int().min(0).max(1_000_000).nullable(),
  minP: z.number().min(0).max(1).nullable(),
  frequencyPenalty: z.number().min(-2).max(2).nullable(),
  presencePenalty: z.number().min(-2).max(2).nullable(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .nullable(),
  stop: z.array(z.string().min(1).max(1000)).max(16),
  /** Most tokens of thinking; 0: none. Null: as the model likes. */
  reasoningTokens: count.nullable(),
  /** Probabilities of the answer's tokens, with so many alternatives to each. */
  logprobs: z.object({ top: z.number().int().min(0).max(20) }).nullable(),
  /** `json`: any JSON value. An object: constrained to that schema. */
  output: z.union([z.literal('text'), z.literal('json'), z.object({ schema: z.unknown() })]),
  overflow: z.enum(overflowStrategies)
})
export type EngineChat = z.infer<typeof engineChatSchema>

/** What the engine can be asked. */
export const engineWorkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chat'), chat: engineChatSchema }),
  /** How many tokens the prompt of this chat has. */
  z.object({ kind: z.literal('count'), chat: engineChatSchema }),
  z.object({
    kind: z.literal('embed'),
    inputs: z.array(z.string()),
    tokens: z.array(z.array(count)).nullable()
  }),
  z.object({ kind: z.literal('rerank'), query: z.string(), documents: z.array(z.string()) }),
  /** Nothing but to have it in memory, ready for its purpose: chats, if not said. */
  z.object({ kind: z.literal('load'), purpose: z.enum(localModelKinds).optional() }),
  /** Tries numbers of threads. */
  z.object({ kind: z.literal('calibrate') })
])
export type EngineWork = z.infer<typeof engineWorkSchema>

/** Daemon to engine. `id` numbers a request on this connection. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    id: z.number().int(),
    /** Who asks: requests of different owners take turns. */
    owner: z.string(),
    model: engineModelSchema,
    work: engineWorkSchema
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  /** Ends the requests of a model and takes it out of memory. */
  z.object({ type: z.literal('unload'), path: z.string() }),
  /** What all models together may take. Sent first, and whenever it changes. */
  z.object({ type: z.literal('budget'), memoryBytes: count }),
  /** Asks whether the engine still answers. */
  z.object({ type: z.literal('ping') })
])
export type ToEngine = z.infer<typeof toEngineSchema>

export const engineErrorCodes = [
  'bad-request',
  'context-overflow',
  /** Not with this memory, whatever is unloaded. */
  'does-not-fit',
  'load-failed',
  'failed'
] as const

export const engineDeviceSchema = z.object({
  name: z.string(),
  kind: z.enum(['gpu', 'cpu']),
  totalBytes: count,
  freeBytes: count
})
export type EngineDevice = z.infer<typeof engineDeviceSchema>

/** A model in memory, or on its way there. */
export const engineModelStateSchema = z.object({
  path: z.string(),
  state: z.enum(['loading', 'loaded']),
  memoryBytes: count,
  gpuLayers: count,
  contextTokens: count,
  parallel: count,
  threads: count,
  active: count,
  waiting: count,
  loadedAt: z.number().int().nullable(),
  lastUsedAt: z.number().int().nullable(),
  unloadsAt: z.number().int().nullable()
})
export type EngineModelState = z.infer<typeof engineModelStateSchema>

export const engineLogprobSchema = z.object({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number().int()).nullable(),
  top: z.array(
    z.object({ token: z.string(), logprob: z.number(), bytes: z.array(z.number().int()).nullable() })
  )
})

/** How long the two parts of a chat took, of the engine's own clock. Milliseconds. */
export const engineTimingsSchema = z.object({ promptMs: z.number(), outputMs: z.number() })

const vectors = z.object({
  kind: z.literal('vectors'),
  dimensions: count,
  /** All vectors, one after the other: base64 of little-endian float32, each of length 1. */
  data: z.string(),
  inputTokens: count
})
/** What one request but a chat comes to. */
export const engineResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tokens'), count }),
  vectors,
  /** From 0 to 1, one for each document, in their order. */
  z.object({ kind: z.literal('scores'), scores: z.array(z.number()), inputTokens: count }),
  z.object({ kind: z.literal('loaded') }),
  z.object({
    kind: z.literal('calibration'),
    threads: count,
    /** Each number that was tried, with its tokens per second. */
    tried: z.array(z.object({ threads: count, tokensPerSecond: z.number() })),
    promptTokensPerSecond: z.number()
  })
])
export type EngineResult = z.infer<typeof engineResultSchema>

/** Engine to daemon. The first frame on a connection is `hello` with the secret from its environment. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    secret: z.string(),
    backend: z.string(),
    devices: z.array(engineDeviceSchema)
  }),
  z.object({ type: z.literal('pong') }),
  /** Everything in memory, whenever it changes; at most a few times a second. */
  z.object({
    type: z.literal('models'),
    models: z.array(engineModelStateSchema),
    devices: z.array(engineDeviceSchema)
  }),
  /** The request left the queue; what goes wrong from here on is its own doing. */
  z.object({ type: z.literal('begin'), id: z.number().int() }),
  /** The model is loaded and the prompt fits: the answer follows. `notes` says what was left out of it. */
  z.object({ type: z.literal('accepted'), id: z.number().int(), notes: z.array(z.string()) }),
  z.object({ type: z.literal('delta'), id: z.number().int(), text: z.string(), reasoning: z.string() }),
  z.object({ type: z.literal('tool-call'), id: z.number().int(), index: count, name: z.string() }),
  /** A piece of the JSON text of a call's arguments. */
  z.object({
    type: z.literal('tool-arguments'),
    id: z.number().int(),
    index: count,
    arguments: z.string()
  }),
  z.object({ type: z.literal('logprobs'), id: z.number().int(), tokens: z.array(engineLogprobSchema) }),
  z.object({
    type: z.literal('end'),
    id: z.number().int(),
    finish: z.enum(['stop', 'length', 'tool-calls', 'cancelled']),
    /** The stop string that ended it. */
    stopSequence: z.string().nullable(),
    usage: usageSchema,
    timings: engineTimingsSchema
  }),
  z.object({ type: z.literal('result'), id: z.number().int(), result: engineResultSchema }),
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
