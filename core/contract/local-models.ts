import { z } from 'zod'

const count = z.number().int().nonnegative()

/** What a model file is for. */
export const localModelKinds = ['chat', 'embedding', 'rerank'] as const

/** Types of the numbers that a conversation is remembered in: smaller ones take less memory and cost some quality. */
export const kvCacheTypes = ['f16', 'q8_0', 'q4_0'] as const

/**
 * What to do with a conversation that outgrows the context: refuse it, leave out its oldest turns, or replace them by a
 * summary that the model writes first. Whatever is left out is named in the answer's warnings.
 */
export const overflowStrategies = ['stop', 'slide', 'summarise'] as const

/** How one model is run. Null: chosen for this machine. */
export const localModelSettingsSchema = z.strictObject({
  /** Of one conversation. */
  contextTokens: z.number().int().min(256).max(10_000_000).nullable().default(null),
  /** Conversations answered at once, each with a context of its own. */
  parallel: z.number().int().min(1).max(32).nullable().default(null),
  /** Layers computed on the GPU. */
  gpuLayers: z.number().int().min(0).max(1000).nullable().default(null),
  threads: z.number().int().min(1).max(512).nullable().default(null),
  flashAttention: z.boolean().nullable().default(null),
  kvCache: z.enum(kvCacheTypes).default('f16'),
  overflow: z.enum(overflowStrategies).default('stop'),
  /** How long it stays in memory unused; 0: until it is unloaded or the room is needed. */
  idleMinutes: z.number().int().min(0).max(10_080).default(10),
  /** Another on-device model that guesses ahead (speculative decoding). */
  draftModel: z.string().max(200).nullable().default(null)
})
export type LocalModelSettings = z.infer<typeof localModelSettingsSchema>

/** Whether and how a model fits this machine, at one context size. */
export const modelFitSchema = z.object({
  /** All of it on the GPU, a part of it, on the CPU, not at all; or the file does not say enough. */
  verdict: z.enum(['gpu', 'partly', 'cpu', 'no', 'unknown']),
  /** What this was worked out for: the context the model would get here. */
  contextTokens: count.nullable(),
  /** Expected: weights, what the conversation is remembered in, and what computing needs. */
  memoryBytes: count.nullable(),
  gpuLayers: count.nullable(),
  layers: count.nullable(),
  /** Expected memory at other context sizes, smallest first. */
  perContext: z.array(z.object({ contextTokens: count, memoryBytes: count }))
})
export type ModelFit = z.infer<typeof modelFitSchema>

/** Tokens per second, as last measured on this machine. */
export const modelSpeedSchema = z.object({
  prompt: z.number().nonnegative().nullable(),
  output: z.number().nonnegative()
})

/** A GGUF model on this machine. */
export const localModelSchema = z.object({
  /** The part after `on-device/`. */
  id: z.string(),
  name: z.string(),
  kind: z.enum(localModelKinds),
  path: z.string(),
  sizeBytes: z.number().int(),
  /** Where it was found: the models folder, added by its path, a folder that is looked through, or another program's. */
  origin: z.enum(['folder', 'added', 'watched', 'ollama', 'lm-studio', 'jan']),
  architecture: z.string().nullable(),
  parameters: z.number().nullable(),
  quantization: z.string().nullable(),
  /** What it was trained for. */
  contextTokens: z.number().int().nullable(),
  hasChatTemplate: z.boolean(),
  /** SHA-256 of the chat template, in hex. */
  chatTemplateHash: z.string().nullable(),
  abilities: z.object({ tools: z.boolean(), reasoning: z.boolean(), vision: z.boolean(), json: z.boolean() }),
  state: z.enum(['ready', 'loading', 'loaded', 'broken', 'missing']),
  problem: z.string().nullable(),
  settings: localModelSettingsSchema,
  fit: modelFitSchema,
  speed: modelSpeedSchema.nullable(),
  /** Threads found best here by trying; null until it was tried. */
  calibratedThreads: z.number().int().nullable(),
  lastUsedAt: z.number().int().nullable()
})
export type LocalModel = z.infer<typeof localModelSchema>

/** One model with what is too long for a list. */
export const localModelDetailsSchema = localModelSchema.extend({ chatTemplate: z.string().nullable() })
export type LocalModelDetails = z.infer<typeof localModelDetailsSchema>

export const addLocalModelSchema = z.strictObject({ path: z.string().min(1).max(4000) })
/** `file=true` deletes the file, too; only for one in the models folder. */
export const removeLocalModelQuerySchema = z.strictObject({ file: z.enum(['true', 'false']).optional() })

/** Something that computes: a GPU, or the processor. */
export const computeDeviceSchema = z.object({
  name: z.string(),
  kind: z.enum(['gpu', 'cpu']),
  totalBytes: count,
  freeBytes: count
})

/** A model in the engine's memory. */
export const runningModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['loading', 'loaded']),
  memoryBytes: count,
  gpuLayers: count,
  /** Of one conversation. */
  contextTokens: count,
  parallel: count,
  threads: count,
  /** Requests being answered, and those that wait their turn. */
  active: count,
  waiting: count,
  loadedAt: z.number().int().nullable(),
  lastUsedAt: z.number().int().nullable(),
  /** When it is unloaded if nobody asks it before; null while it is busy, or stays. */
  unloadsAt: z.number().int().nullable()
})
export type RunningModel = z.infer<typeof runningModelSchema>

/** The on-device engine as it is now. */
export const engineStatusSchema = z.object({
  state: z.enum(['stopped', 'starting', 'running']),
  /** `CPU`, `CUDA`, `Vulkan` or `Metal`; null until it ran once. */
  backend: z.string().nullable(),
  devices: z.array(computeDeviceSchema),
  memory: z.object({
    /** What all models together may take; beyond it those unused longest are unloaded. */
    budgetBytes: count,
    usedBytes: count,
    systemTotalBytes: count,
    systemFreeBytes: count
  }),
  models: z.array(runningModelSchema)
})
export type EngineStatus = z.infer<typeof engineStatusSchema>
