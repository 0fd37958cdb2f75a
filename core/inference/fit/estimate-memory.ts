import type { LocalModelSettings } from '../../contract/local-models.ts'
import type { LayerShape, ModelShape } from '../files/model-shape.ts'

export interface MemoryOptions {
  /** Of one conversation. */
  contextTokens: number
  parallel: number
  /** Computed at once. */
  batchTokens: number
  kvCache: LocalModelSettings['kvCache']
  /** As the engine counts them: 0 is none, the number of layers and one more is all of it. */
  gpuLayers: number
  flashAttention: boolean
}

/** Bytes. */
export interface MemoryEstimate {
  system: number
  gpu: number
  total: number
}

/** Of one number of the cache. Source: GGML_QUANT_SIZES in gguf-py/gguf/constants.py of ggml-org/llama.cpp. */
const cacheBytes = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 } as const
const FLOAT_BYTES = 4
/** Tokens of a chat computed at once, as the binding does: `getDefaultContextBatchSize` of node-llama-cpp. */
export const CHAT_BATCH_TOKENS = 512
/** The engine keeps whole blocks of so many tokens: `n_ctx` is padded to it in llama-context.cpp. */
const CACHE_BLOCK_TOKENS = 256

/**
 * What a model takes at a context size: weights, the cache of its conversations, and the buffers to compute in. Within three
 * percent of what llama.cpp itself reserves on a processor (`estimate-memory.test.ts` compares).
 */
export function estimateMemory(shape: ModelShape, options: MemoryOptions): MemoryEstimate {
  const { layers } = shape
  const firstOnGpu = Math.max(0, layers.length + 1 - options.gpuLayers)
  const usesGpu = options.gpuLayers > 0
  const takes = (layer: LayerShape) => layer.weightBytes + cacheOf(layer, shape, options)
  const ofCpu = sum(layers.slice(0, firstOnGpu).map(takes))
  const ofGpu = sum(layers.slice(firstOnGpu).map(takes))
  const compute = computeBytes(shape, options)

  // the output goes to the GPU first; shared weights are then there and with the input, too
  const gpu = usesGpu ? ofGpu + shape.outputBytes + shape.sharedBytes + compute.output : 0
  const system =
    shape.inputBytes +
    ofCpu +
    (usesGpu ? 0 : shape.outputBytes + compute.output) +
    (firstOnGpu > 0 && usesGpu ? compute.attention : 0)
  return { system: Math.ceil(system), gpu: Math.ceil(gpu), total: Math.ceil(system) + Math.ceil(gpu) }
}

/**
 * The cache of all conversations in one layer. A window needs no more tokens than it spans and are computed at once.
 * Source: `llama_kv_cache` and `llama_kv_cache_iswa` in src/llama-kv-cache*.cpp of ggml-org/llama.cpp, a stream for each
 * conversation.
 */
function cacheOf(layer: LayerShape, shape: ModelShape, options: MemoryOptions): number {
  const { contextTokens, parallel, kvCache } = options
  const tokens = Math.min(contextTokens, (layer.windowTokens ?? contextTokens) + batchOf(shape, options))
  const perToken = (layer.keyWidth + layer.valueWidth) * cacheBytes[kvCache]
  return parallel * (roundUp(tokens, CACHE_BLOCK_TOKENS) * perToken + layer.stateBytes)
}

/**
 * The largest step of computing one batch, as the others use its memory again: the odds of every token of the vocabulary,
 * each head's look at all tokens, or the wide middle of a layer. Source: `graph_reserve` in llama-context.cpp of
 * ggml-org/llama.cpp; how many vectors go along was measured.
 */
function computeBytes(shape: ModelShape, options: MemoryOptions): { output: number; attention: number } {
  const { embeddingLength, feedForwardLength, headCount, outputLength } = shape
  const perNumber = FLOAT_BYTES * batchOf(shape, options)
  // with flash attention, only which tokens may be looked at: half a float for each
  const looks = (options.flashAttention ? 0.5 : headCount + 1) * options.contextTokens
  const attention = perNumber * (looks + 5.5 * embeddingLength)
  const middle = perNumber * (2 * feedForwardLength + 2 * embeddingLength)
  const output = perNumber * (outputLength + 2 * embeddingLength)
  return { output: Math.max(output, attention, middle), attention: Math.max(attention, middle) }
}

/** With windows the binding computes one token more. */
function batchOf(shape: ModelShape, { contextTokens, parallel, batchTokens }: MemoryOptions): number {
  const hasWindows = shape.layers.some((layer) => layer.windowTokens !== null)
  return Math.min(contextTokens * parallel, batchTokens) + (hasWindows ? 1 : 0)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple
