import type { LocalModel } from '../../contract/local-models.ts'
import type { ModelShape } from '../files/model-shape.ts'

/** Width of keys and of values that most models keep: eight heads of 128. */
const KEPT_WIDTH = 1024
const HEAD_WIDTH = 128
const VOCABULARY = 150_000
/** Share of the weights that comes after the layers. */
const OUTPUT_SHARE = 0.08

/**
 * What a model of this size is like, before its header can be read: layers and widths grow with the number of parameters
 * as they do in the dense models of 0.5 to 70 billion that are published. Null when the size is unknown.
 */
export function approximateShape(
  kind: LocalModel['kind'],
  sizeBytes: number | null,
  parameters: number
): ModelShape | null {
  if (sizeBytes === null || parameters <= 0) return null
  const billions = parameters / 1e9
  const layerCount = Math.max(4, Math.round(29 * billions ** 0.22))
  const width = Math.max(384, Math.round((1450 * billions ** 0.45) / HEAD_WIDTH) * HEAD_WIDTH)
  const outputBytes = Math.round(sizeBytes * OUTPUT_SHARE)
  const layer = {
    weightBytes: Math.round((sizeBytes - outputBytes) / layerCount),
    keyWidth: Math.min(KEPT_WIDTH, width),
    valueWidth: Math.min(KEPT_WIDTH, width),
    windowTokens: null,
    stateBytes: 0
  }
  return {
    layers: Array.from({ length: layerCount }, () => layer),
    inputBytes: 0,
    outputBytes,
    sharedBytes: 0,
    embeddingLength: width,
    feedForwardLength: 3 * width,
    headCount: Math.max(1, Math.round(width / HEAD_WIDTH)),
    outputLength: kind === 'chat' ? VOCABULARY : 0
  }
}

/** Bits for each weight of a quantisation, from its name: `Q4_K_M` takes about five. */
export function bitsPerWeight(quantization: string | null): number {
  const name = quantization ?? ''
  if (/F32/.test(name)) return 32
  if (/F16/.test(name)) return 16
  if (/FP4/.test(name)) return 4.6
  const bits = Number(/Q(\d)/.exec(name)?.[1] ?? 4)
  return bits === 8 ? 8.5 : bits + 0.8
}
