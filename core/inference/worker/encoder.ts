import { totalmem } from 'node:os'
import { InsufficientMemoryError, type Llama, type LlamaModel } from 'node-llama-cpp'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'
import type { ModelInfo } from './loaded-model.ts'

/** The longest input where nobody says otherwise. */
const DEFAULT_CONTEXT_TOKENS = 4096
/** The longest there can be: what computing an input at once takes grows with its square. */
const MOST_CONTEXT_TOKENS = 131_072
/** Requests whose inputs take turns: one with a thousand of them does not keep the others waiting. */
const PARALLEL = 4

export interface EncoderContextOptions {
  contextSize: number
  batchSize: number
  threads: number
  createSignal: AbortSignal
}

export interface Encoder<Context> {
  model: LlamaModel
  context: Context
  info: ModelInfo
}

/**
 * Loads a model that reads inputs as a whole, and the context `open` makes for it. Throws an `EngineError`, or the
 * signal's reason; nothing stays in memory then.
 */
export async function loadEncoder<Context>(
  llama: Llama,
  options: EngineModel & { threads: number },
  signal: AbortSignal,
  open: (model: LlamaModel, context: EncoderContextOptions) => Promise<Context>
): Promise<Encoder<Context>> {
  const { threads, gpuLayers, flashAttention } = options
  let model: LlamaModel | null = null
  try {
    model = await llama.loadModel({
      modelPath: options.path,
      loadSignal: signal,
      defaultContextFlashAttention: flashAttention ?? 'auto',
      ...(gpuLayers === null ? {} : { gpuLayers })
    })
    const wanted = options.contextTokens ?? DEFAULT_CONTEXT_TOKENS
    const contextSize = Math.min(wanted, model.trainContextSize, MOST_CONTEXT_TOKENS)
    const needs = await needsOf(model, contextSize)
    if (needs.cpuRam > availableBytes()) throw new InsufficientMemoryError()
    // an input is one batch: these models look at all of it at once
    const context = await open(model, { contextSize, batchSize: contextSize, threads, createSignal: signal })
    // the binding keeps to itself what a context of this kind takes; this is what it reckons with
    const { ram, vram } = model.memoryUsage
    const memoryBytes = Math.ceil(ram + vram + needs.cpuRam + needs.gpuVram)
    const info = {
      memoryBytes,
      gpuLayers: model.gpuLayers,
      contextTokens: contextSize,
      parallel: PARALLEL,
      threads
    }
    return { model, context, info }
  } catch (error) {
    await model?.dispose()
    signal.throwIfAborted()
    throw error instanceof EngineError ? error : loadFailed(error)
  }
}

/** What to say of a model that the binding could not load. */
export function loadFailed(error: unknown): EngineError {
  return error instanceof InsufficientMemoryError
    ? new EngineError(
        'does-not-fit',
        'There is not enough free memory to load this model with these settings.'
      )
    : new EngineError('load-failed', 'The engine cannot load this model.')
}

function needsOf(model: LlamaModel, contextSize: number) {
  return model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize,
    batchSize: contextSize,
    sequences: 1,
    isEmbeddingContext: true,
    modelGpuLayers: model.gpuLayers,
    flashAttention: model.defaultContextFlashAttention
  })
}

/** macOS calls little of its memory free, and finds more when it is needed. */
const availableBytes = () => (process.platform === 'darwin' ? totalmem() : process.availableMemory())
