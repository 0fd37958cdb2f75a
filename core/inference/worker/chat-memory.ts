import {
  GgmlType,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaContextSequence,
  type LlamaModel
} from 'node-llama-cpp'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { ChatDraft, DRAFT_AHEAD_TOKENS } from './chat-draft.ts'
import { EngineError } from './engine-error.ts'

/** The most of one conversation where nobody says otherwise: beyond it, memory grows more than use. */
const DEFAULT_CONTEXT_TOKENS = 16_384
/** A context that was not asked for by its size may be made smaller than the default, but no smaller than this. */
const SMALLEST_CONTEXT_TOKENS = 1024
/** Conversations at once, tried in this order where nobody says otherwise. */
const DEFAULT_PARALLEL = [4, 2]
/** What several conversations at once may take in any case; beyond it, no more than the model's weights. */
const SMALL_BYTES = 2 ** 30

/** Tokens of the smaller of two contexts whose memory is estimated. */
const SAMPLE_TOKENS = 2048

const kvCacheType = { f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const

interface Bytes {
  ram: number
  vram: number
}

/** A model in memory with the sequences it answers on. */
export interface ChatMemory {
  model: LlamaModel
  /** Of one conversation. */
  contextTokens: number
  sequences: LlamaContextSequence[]
  /** Really taken, as far as the binding knows: weights, contexts, and those of the draft model. */
  memoryBytes: number
  dispose(): Promise<void>
}

/** Loads a model as `options` say. Throws what the binding throws; nothing stays in memory then. */
export async function loadChatMemory(
  llama: Llama,
  options: EngineModel & { threads: number },
  signal: AbortSignal
): Promise<ChatMemory> {
  const models: LlamaModel[] = []
  const load = async (modelPath: string) => {
    const contextSize = options.contextTokens ?? DEFAULT_CONTEXT_TOKENS
    const gpuLayers = options.gpuLayers ?? { fitContext: { contextSize } }
    const model = await llama.loadModel({ modelPath, gpuLayers, loadSignal: signal })
    models.push(model)
    return model
  }
  // a model takes its contexts with it
  const dispose = async () => {
    for (const model of models) await model.dispose()
  }
  try {
    const model = await load(options.path)
    const settings: LlamaContextOptions = {
      ...cacheOptions(options),
      threads: options.threads,
      createSignal: signal,
      contextSize: options.contextTokens ?? sensibleContext(model)
    }
    const needs = await contextNeeds(model, options)
    const parallel = options.parallel ?? (await sensibleParallel(model, options, needs))
    if (options.contextTokens !== null && !(await fits(model, needs(options.contextTokens * parallel)))) {
      throw new InsufficientMemoryError()
    }
    const context = await model.createContext({ ...settings, sequences: parallel })
    const contexts = [context]
    if (options.draftPath !== null) {
      const draft = await load(options.draftPath)
      if (!haveSameVocabulary(model, draft)) {
        throw new EngineError('load-failed', 'The draft model does not have the vocabulary of this model.')
      }
      const contextSize = context.contextSize + DRAFT_AHEAD_TOKENS
      contexts.push(await draft.createContext({ ...settings, contextSize, sequences: parallel }))
    }
    return {
      model,
      contextTokens: context.contextSize,
      sequences: Array.from({ length: parallel }, () => sequenceOf(context, contexts[1])),
      memoryBytes: bytesOf([...models, ...contexts]),
      dispose
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

function sequenceOf(context: LlamaContext, draft: LlamaContext | undefined): LlamaContextSequence {
  return context.getSequence({
    contextShift: { size: contextEnds },
    ...(draft === undefined ? {} : { tokenPredictor: new ChatDraft(draft.getSequence()) })
  })
}

/** An answer that reached the end of the context. */
export class ContextEnd extends Error {
  override readonly name = 'ContextEnd'
}

/**
 * The binding asks this how much to forget when the context is full. Nothing is ever forgotten behind anyone's back: the
 * answer ends there.
 */
export function contextEnds(): never {
  throw new ContextEnd()
}

/** Quantised values need flash attention; without it only the keys can be. */
function cacheOptions({ kvCache, flashAttention }: EngineModel): LlamaContextOptions {
  if (kvCache === 'f16') return flashAttention === null ? {} : { flashAttention }
  const type = kvCacheType[kvCache]
  if (flashAttention === false) return { flashAttention, experimentalKvCacheKeyType: type }
  return { flashAttention: true, experimentalKvCacheKeyType: type, experimentalKvCacheValueType: type }
}

function sensibleContext(model: LlamaModel): { min: number; max: number } {
  const max = Math.min(model.trainContextSize, DEFAULT_CONTEXT_TOKENS)
  return { min: Math.min(SMALLEST_CONTEXT_TOKENS, max), max }
}

async function sensibleParallel(
  model: LlamaModel,
  options: EngineModel,
  needs: (tokens: number) => Bytes
): Promise<number> {
  const contextTokens = options.contextTokens ?? sensibleContext(model).max
  const allowed = Math.max(SMALL_BYTES, model.size)
  for (const parallel of DEFAULT_PARALLEL) {
    const { ram, vram } = needs(contextTokens * parallel)
    // as much again stays free for whatever else runs here
    if (ram + vram <= allowed && (await fits(model, { ram: ram * 2, vram }))) return parallel
  }
  return 1
}

/**
 * What contexts of this model need by their tokens. Memory grows evenly with them, and the binding's estimate takes the
 * longer the more they are: it is asked for two small ones.
 */
async function contextNeeds(model: LlamaModel, options: EngineModel): Promise<(tokens: number) => Bytes> {
  const type = GgmlType[kvCacheType[options.kvCache]]
  const estimate = (contextSize: number) =>
    model.fileInsights.estimateContextResourceRequirementsV2({
      contextSize,
      sequences: 1,
      modelGpuLayers: model.gpuLayers,
      flashAttention: options.kvCache === 'f16' ? (options.flashAttention ?? 'auto') : true,
      kvCacheKeyType: type,
      kvCacheValueType: options.flashAttention === false ? GgmlType.F16 : type
    })
  const [small, large] = [await estimate(SAMPLE_TOKENS), await estimate(2 * SAMPLE_TOKENS)]
  const line = (at: number, twice: number, tokens: number) =>
    at + ((twice - at) / SAMPLE_TOKENS) * (tokens - SAMPLE_TOKENS)
  return (tokens) => ({
    ram: line(small.cpuRam, large.cpuRam, tokens),
    vram: line(small.gpuVram, large.gpuVram, tokens)
  })
}

async function fits(model: LlamaModel, { ram, vram }: Bytes): Promise<boolean> {
  if (ram > process.availableMemory()) return false
  return vram <= 0 || vram <= (await model.llama.getVramState()).free
}

/** The draft's tokens are evaluated by the model as they are: with another vocabulary they would be nonsense, or worse. */
function haveSameVocabulary(model: LlamaModel, draft: LlamaModel): boolean {
  const samples = [model, draft].map((each) => {
    const { bos, eos } = each.tokens
    return JSON.stringify([vocabularySize(each), bos, eos, each.tokenize('Hello, wörld! 123 {"a": [1]}')])
  })
  return samples[0] === samples[1]
}

function vocabularySize(model: LlamaModel): number {
  let size = 0
  for (const _ of model.iterateAllTokens()) size += 1
  return size
}

const bytesOf = (parts: { memoryUsage: Bytes }[]): number =>
  parts.reduce((sum, { memoryUsage }) => sum + memoryUsage.ram + memoryUsage.vram, 0)
