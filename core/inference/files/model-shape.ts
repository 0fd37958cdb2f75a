import { GgufError } from './gguf-cursor.ts'
import type { GgufMetadata } from './gguf-metadata.ts'
import type { TensorTotals } from './gguf-tensors.ts'
import { hasStateOnly, isWindowed, keepsState } from './layer-kinds.ts'
import { isEncoder } from './model-abilities.ts'

/** What one layer takes. */
export interface LayerShape {
  weightBytes: number
  /** Numbers kept of each token of a conversation: keys and values of all heads. */
  keyWidth: number
  valueWidth: number
  /** How far back this layer looks, in tokens; null: to the beginning. */
  windowTokens: number | null
  /** What it keeps of a conversation, however long that is. */
  stateBytes: number
}

/** All that the memory a model takes depends on, read from its header. */
export interface ModelShape {
  layers: LayerShape[]
  /** Weights before the layers, which stay with the processor. */
  inputBytes: number
  /** Weights after the layers. */
  outputBytes: number
  /** Of the input's weights, those that serve as the output's, too; 0 where it has its own, or none. */
  sharedBytes: number
  embeddingLength: number
  feedForwardLength: number
  headCount: number
  /** Numbers that each token ends in: one for every token of the vocabulary; 0 for a model that writes none. */
  outputLength: number
}

/** As many as the engine takes: LLAMA_MAX_LAYERS in llama-hparams.h of ggml-org/llama.cpp. */
const MAX_LAYERS = 512
const FLOAT_BYTES = 4

/** Throws `GgufError` for numbers that no model has. */
export function shapeOf(architecture: string, metadata: GgufMetadata, tensors: TensorTotals): ModelShape {
  const count = (key: string) => metadata.count(`${architecture}.${key}`)
  const layerCount = count('block_count') ?? tensors.layerBytes.size
  if (layerCount > MAX_LAYERS) throw new GgufError(`it has ${layerCount} layers, more than a model can have`)

  const none = new Array<number>(layerCount).fill(0)
  const perLayer = (key: string, absent = none) => metadata.perLayer(`${architecture}.${key}`, absent)
  const heads = perLayer('attention.head_count')
  const headsKv = perLayer('attention.head_count_kv', heads)
  const embeddingLength = count('embedding_length') ?? 0
  const headCount = Math.max(0, ...heads)
  const headLength = headCount === 0 ? 0 : embeddingLength / headCount
  // the loader divides by these, and ends the whole engine over a zero
  const needsHeads = !hasStateOnly(architecture, 0, null)
  if (layerCount === 0 || embeddingLength === 0 || (needsHeads && headCount === 0)) {
    throw new GgufError('it is no language model, or does not say how its layers are made')
  }
  const keyLength = count('attention.key_length') ?? headLength
  const valueLength = count('attention.value_length') ?? headLength
  const windowKeyLength = count('attention.key_length_swa') ?? keyLength
  const windowValueLength = count('attention.value_length_swa') ?? valueLength
  const windowTokens = count('attention.sliding_window')
  const period = count('full_attention_interval')
  const pattern = windowPattern(architecture, metadata, none)
  /** The layers after these use the memory of one before. */
  const ownMemory = layerCount - (count('attention.shared_kv_layers') ?? 0)
  const stateBytes = stateBytesOf(count, headCount, embeddingLength)

  /** An encoder reads a text once and remembers none of it. */
  const writes = !isEncoder(architecture)
  const layers = headsKv.map((kv, layer): LayerShape => {
    const looksBack = windowTokens !== null && windowTokens > 0 && pattern(layer)
    const remembers = writes && layer < ownMemory && !hasStateOnly(architecture, layer, period)
    return {
      weightBytes: tensors.layerBytes.get(layer) ?? 0,
      keyWidth: remembers ? kv * (looksBack ? windowKeyLength : keyLength) : 0,
      valueWidth: remembers ? kv * (looksBack ? windowValueLength : valueLength) : 0,
      windowTokens: looksBack ? windowTokens : null,
      stateBytes: keepsState(architecture, layer, period) || kv === 0 ? stateBytes : 0
    }
  })
  return {
    layers,
    inputBytes: tensors.inputBytes,
    outputBytes: tensors.outputBytes,
    sharedBytes: writes && !tensors.hasOutput ? tensors.embeddingBytes : 0,
    embeddingLength,
    feedForwardLength: Math.max(0, ...perLayer('feed_forward_length')),
    headCount,
    outputLength: writes ? (count('vocab_size') ?? metadata.lengthOf('tokenizer.ggml.tokens')) : 0
  }
}

/** Which layers look back only so far: as a list says, or every layer but one in so many. */
function windowPattern(architecture: string, metadata: GgufMetadata, none: number[]) {
  const key = `${architecture}.attention.sliding_window_pattern`
  const list = metadata.lengthOf(key) > 0 ? metadata.perLayer(key, none) : null
  const period = list === null ? metadata.count(key) : null
  return (layer: number) => (list === null ? isWindowed(architecture, layer, period) : list[layer] === 1)
}

/**
 * What a recurrent layer keeps of one conversation. Source: `n_embd_r` and `n_embd_s` in llama-hparams.cpp of
 * ggml-org/llama.cpp.
 */
function stateBytesOf(
  count: (key: string) => number | null,
  headCount: number,
  embeddingLength: number
): number {
  const headSize = count('wkv.head_size') ?? 0
  if (headSize > 0) return FLOAT_BYTES * embeddingLength * ((count('token_shift_count') ?? 2) + headSize)
  const shortConvolution = count('shortconv.l_cache') ?? 0
  if (shortConvolution > 0) return FLOAT_BYTES * embeddingLength * (shortConvolution - 1)
  const kernel = Math.max(0, (count('ssm.conv_kernel') ?? 0) - 1)
  const kdaLength = count('kda.head_dim') ?? 0
  if (kdaLength > 0) return FLOAT_BYTES * headCount * kdaLength * (3 * kernel + kdaLength)
  const inner = count('ssm.inner_size') ?? 0
  const state = count('ssm.state_size') ?? 0
  return FLOAT_BYTES * (kernel * (inner + 2 * (count('ssm.group_count') ?? 0) * state) + state * inner)
}
