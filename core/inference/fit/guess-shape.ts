import type { LocalModel } from '../../contract/local-models.ts'
import type { ModelShape } from '../files/model-shape.ts'

export interface UnreadModel {
  kind: LocalModel['kind']
  /** All parts together. */
  sizeBytes: number
  /** Null where nobody says: then taken from the size, as if it had five bits a weight. */
  parameters: number | null
}

/** Layers and width of usual models, by their number of weights. Source: the configurations of Qwen 3 and Llama 3. */
const usual = [
  { upTo: 1e9, layers: 28, embedding: 1024 },
  { upTo: 2.5e9, layers: 28, embedding: 2048 },
  { upTo: 5e9, layers: 36, embedding: 2560 },
  { upTo: 10e9, layers: 36, embedding: 4096 },
  { upTo: 20e9, layers: 40, embedding: 5120 },
  { upTo: 45e9, layers: 64, embedding: 5120 }
]
const large = { layers: 80, embedding: 8192 }
/** Eight heads of 128 keys, and as many values. */
const CACHE_WIDTH = 1024
const VOCABULARY = 150_000
/** Of all weights, those before and those after the layers. */
const EDGE_SHARE = 0.05
const BYTES_PER_WEIGHT = 5 / 8

/**
 * The shape of a model whose header has not been read, as one of its size usually is: good enough to say whether it is
 * worth downloading. Models with windows or a small cache take less than it says.
 */
export function guessShape({ kind, sizeBytes, parameters }: UnreadModel): ModelShape {
  const weights = parameters ?? sizeBytes / BYTES_PER_WEIGHT
  const { layers, embedding } = usual.find(({ upTo }) => weights <= upTo) ?? large
  const layer = {
    weightBytes: (sizeBytes * (1 - 2 * EDGE_SHARE)) / layers,
    keyWidth: CACHE_WIDTH,
    valueWidth: CACHE_WIDTH,
    windowTokens: null,
    stateBytes: 0
  }
  return {
    layers: new Array(layers).fill(layer),
    inputBytes: sizeBytes * EDGE_SHARE,
    outputBytes: sizeBytes * EDGE_SHARE,
    sharedBytes: 0,
    embeddingLength: embedding,
    feedForwardLength: embedding * 3.5,
    headCount: embedding / 128,
    outputLength: kind === 'chat' ? VOCABULARY : 0
  }
}
