import { type GgufCursor, GgufError } from './gguf-cursor.ts'
import { readText } from './gguf-metadata.ts'
import { tensorTypes } from './gguf-types.ts'

/** What the tensors of a file, or of all parts of a split one, come to. */
export interface TensorTotals {
  /** How many weights there are. */
  parameters: number
  /** Bytes of each layer's tensors (`blk.N.…`). */
  layerBytes: Map<number, number>
  /** Bytes of what turns tokens into vectors. */
  inputBytes: number
  /** Of these, the tokens' own vectors. */
  embeddingBytes: number
  /** Bytes of all that comes after the layers, and of what belongs to no place. */
  outputBytes: number
  /** Whether a tensor turns vectors back into tokens; without one, the tokens' own vectors are used for it. */
  hasOutput: boolean
  /** Whether a tensor judges: such a model ranks documents. */
  hasClassifier: boolean
}

const MAX_NAME_BYTES = 63
const MAX_DIMENSIONS = 4
const MAX_LAYER = 4095

interface Tensor {
  name: string
  elements: bigint
  bytes: bigint
  offset: bigint
}

/**
 * Checks the place of every tensor in exact integers: they lie one after the other as the loader demands
 * (`gguf_init_from_file` in gguf.cpp of ggml-org/llama.cpp), and none goes past the end of the file.
 */
export function readTensors(
  cursor: GgufCursor,
  count: number,
  alignment: number,
  fileSize: number
): TensorTotals {
  const totals = noTensors()
  const names = new Set<string>()
  let next = 0n
  let end = 0n
  for (let index = 0; index < count; index += 1) {
    const tensor = readTensor(cursor)
    if (names.has(tensor.name)) throw new GgufError('a tensor stands in it twice')
    names.add(tensor.name)
    if (tensor.offset % BigInt(alignment) !== 0n) throw new GgufError('a tensor is not aligned')
    if (tensor.offset + tensor.bytes > BigInt(fileSize)) throw tooShort()
    if (tensor.offset !== next) throw new GgufError('a tensor is not where the one before it ends')
    end = tensor.offset + tensor.bytes
    next = roundUp(end, BigInt(alignment))
    add(totals, tensor)
  }
  if (roundUp(BigInt(cursor.position), BigInt(alignment)) + end > BigInt(fileSize)) throw tooShort()
  return totals
}

/** The totals of a model whose parts have these. */
export function sumTensors(parts: readonly TensorTotals[]): TensorTotals {
  const sum = noTensors()
  for (const part of parts) {
    sum.parameters += part.parameters
    sum.inputBytes += part.inputBytes
    sum.embeddingBytes += part.embeddingBytes
    sum.outputBytes += part.outputBytes
    sum.hasOutput ||= part.hasOutput
    sum.hasClassifier ||= part.hasClassifier
    for (const [layer, bytes] of part.layerBytes) {
      sum.layerBytes.set(layer, (sum.layerBytes.get(layer) ?? 0) + bytes)
    }
  }
  return sum
}

function readTensor(cursor: GgufCursor): Tensor {
  const name = readText(cursor, MAX_NAME_BYTES, 'the length of a tensor name')
  const dimensions = cursor.uint32()
  if (dimensions > MAX_DIMENSIONS) throw new GgufError(`a tensor has ${dimensions} dimensions`)
  let rowLength = 1n
  let elements = 1n
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    const length = cursor.uint64()
    if (dimension === 0) rowLength = length
    elements *= length
  }
  const type = cursor.uint32()
  const layout = tensorTypes[type]
  if (layout === undefined) throw new GgufError(`tensor type ${type} is unknown`)
  if (elements === 0n || rowLength % BigInt(layout.blockSize) !== 0n) {
    throw new GgufError('the shape of a tensor does not fit its type')
  }
  const bytes = (elements / BigInt(layout.blockSize)) * BigInt(layout.blockBytes)
  return { name, elements, bytes, offset: cursor.uint64() }
}

/** Where a tensor belongs is told by its name. Source: LLM_TENSOR_NAMES in llama-arch.cpp of ggml-org/llama.cpp. */
function add(totals: TensorTotals, { name, elements, bytes }: Tensor): void {
  totals.parameters += Number(elements)
  const layer = Number(/^blk\.(\d{1,4})\./.exec(name)?.[1] ?? MAX_LAYER + 1)
  if (layer <= MAX_LAYER) totals.layerBytes.set(layer, (totals.layerBytes.get(layer) ?? 0) + Number(bytes))
  else if (/^(token_embd|token_types|position_embd|per_layer_token_embd)/.test(name)) {
    totals.inputBytes += Number(bytes)
  } else totals.outputBytes += Number(bytes)
  if (name === 'token_embd.weight') totals.embeddingBytes = Number(bytes)
  if (name === 'output.weight') totals.hasOutput = true
  if (name === 'cls.weight' || name === 'cls.output.weight') totals.hasClassifier = true
}

const noTensors = (): TensorTotals => ({
  parameters: 0,
  layerBytes: new Map(),
  inputBytes: 0,
  embeddingBytes: 0,
  outputBytes: 0,
  hasOutput: false,
  hasClassifier: false
})

const roundUp = (value: bigint, multiple: bigint) => ((value + multiple - 1n) / multiple) * multiple

const tooShort = () =>
  new GgufError('the file is shorter than its header says; the download may be incomplete')
