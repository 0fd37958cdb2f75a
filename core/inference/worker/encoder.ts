import { InsufficientMemoryError, type Llama, type LlamaModel } from 'node-llama-cpp'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'
import type { ModelInfo } from './loaded-model.ts'

/** The longest input where nobody says otherwise. */
const DEFAULT_CONTEXT_TOKENS = 4096
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
    const contextSize = Math.min(options.contextTokens ?? DEFAULT_CONTEXT_TOKENS, model.trainContextSize)
    // an input is one batch: these models look at all of it at once
    const context = await open(model, { contextSize, batchSize: contextSize, threads, createSignal: signal })
    const memoryBytes = await memoryOf(model, contextSize)
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

export function loadFailed(error: unknown): EngineError {
  return new EngineError(
    'load-failed',
    error instanceof InsufficientMemoryError
      ? 'There is not enough free memory to load this model.'
      : 'The engine cannot load this model.'
  )
}

/** The binding keeps to itself what a context of this kind takes; this is what it reckons with. */
async function memoryOf(model: LlamaModel, contextSize: number): Promise<number> {
  const context = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize,
    batchSize: contextSize,
    sequences: 1,
    isEmbeddingContext: true,
    modelGpuLayers: model.gpuLayers,
    flashAttention: model.defaultContextFlashAttention
  })
  const { ram, vram } = model.memoryUsage
  return Math.ceil(ram + vram + context.cpuRam + context.gpuVram)
}
