import { Buffer } from 'node:buffer'
import { closeSync, openSync, writeSync } from 'node:fs'

// Writes GGUF files, version 3, little-endian. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md

const ALIGNMENT = 32
const valueType = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const

/** Types of tensors: their number in the file, the weights of one block, and its bytes. */
const tensorTypes = {
  F32: { id: 0, blockSize: 1, blockBytes: 4 },
  Q8_0: { id: 8, blockSize: 32, blockBytes: 34 }
} as const

/** Types of tokens. */
export const tokenType = { normal: 1, unknown: 2, control: 3, byte: 6 } as const

export interface Token {
  text: string
  type: number
}

export const controlToken = (text: string): Token => ({ text, type: tokenType.control })
export const normalToken = (text: string): Token => ({ text, type: tokenType.normal })
/** The 256 tokens of single bytes, by which a vocabulary of SentencePiece's kind can write any text. */
export const byteTokens = (): Token[] =>
  Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: tokenType.byte
  }))

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
export const uint64 = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const float32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}
const string = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint64(bytes.length), bytes])
}

/** Metadata entries: key, type and value, ready to be written one after the other. */
export class GgufMetadata {
  readonly entries: Buffer[] = []

  #add(key: string, type: number, ...value: Buffer[]): void {
    this.entries.push(Buffer.concat([string(key), uint32(type), ...value]))
  }
  number(key: string, value: number): void {
    this.#add(key, valueType.uint32, uint32(value))
  }
  float(key: string, value: number): void {
    this.#add(key, valueType.float32, float32(value))
  }
  flag(key: string, value: boolean): void {
    this.#add(key, valueType.bool, Buffer.from([value ? 1 : 0]))
  }
  string(key: string, value: string): void {
    this.#add(key, valueType.string, string(value))
  }
  /** A text of a stated length, whatever its bytes. */
  rawString(key: string, length: bigint, bytes: Buffer): void {
    this.#add(key, valueType.string, uint64(length), bytes)
  }
  /** A list of a stated length, whatever it holds. */
  rawArray(key: string, type: keyof typeof valueType, length: number | bigint, values: Buffer[]): void {
    this.#add(key, valueType.array, uint32(valueType[type]), uint64(length), ...values)
  }
  array(key: string, type: keyof typeof valueType, values: Buffer[]): void {
    this.rawArray(key, type, values.length, values)
  }
  /** A vocabulary; of normal tokens, earlier ones are preferred. */
  tokens(tokens: Token[]): void {
    this.array(
      'tokenizer.ggml.tokens',
      'string',
      tokens.map(({ text }) => string(text))
    )
    this.array(
      'tokenizer.ggml.scores',
      'float32',
      tokens.map(({ type }, index) => float32(type === tokenType.normal ? -index : 0))
    )
    this.array(
      'tokenizer.ggml.token_type',
      'int32',
      tokens.map(({ type }) => uint32(type))
    )
  }
}

export interface GgufTensor {
  name: string
  /** The first is the length of a row. */
  dimensions: number[]
  type: keyof typeof tensorTypes
  /** Its bytes, made when they are written. */
  data(): Iterable<Buffer>
}

/** What the header says of a tensor. */
export interface TensorInfo {
  name: string
  dimensions: (number | bigint)[]
  typeId: number
  offset: number | bigint
}

export const elements = (dimensions: number[]): number =>
  dimensions.reduce((product, dimension) => product * dimension, 1)

function bytesOf({ dimensions, type }: GgufTensor): number {
  const { blockSize, blockBytes } = tensorTypes[type]
  return (elements(dimensions) / blockSize) * blockBytes
}

const padding = (length: number): Buffer => Buffer.alloc((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)

/** Where each tensor stands in the data, one after the other. */
export function tensorInfos(tensors: GgufTensor[]): TensorInfo[] {
  let offset = 0
  return tensors.map((tensor) => {
    const { name, dimensions, type } = tensor
    const info = { name, dimensions, typeId: tensorTypes[type].id, offset }
    offset += bytesOf(tensor)
    offset += padding(offset).length
    return info
  })
}

export interface GgufHead {
  magic?: string
  version?: Buffer
  entryCount?: bigint
  tensorCount?: bigint
  metadata: GgufMetadata
  infos: TensorInfo[]
}

/** All that comes before the data of the tensors. */
export function ggufHead({ metadata, infos, ...head }: GgufHead): Buffer {
  const bytes = Buffer.concat([
    Buffer.from(head.magic ?? 'GGUF'),
    head.version ?? uint32(3),
    uint64(head.tensorCount ?? infos.length),
    uint64(head.entryCount ?? metadata.entries.length),
    ...metadata.entries,
    ...infos.flatMap(({ name, dimensions, typeId, offset }) => [
      string(name),
      uint32(dimensions.length),
      ...dimensions.map(uint64),
      uint32(typeId),
      uint64(offset)
    ])
  ])
  return Buffer.concat([bytes, padding(bytes.length)])
}

/** The data of the tensors, each made when its turn comes. */
export function* tensorData(tensors: GgufTensor[]): Generator<Buffer> {
  for (const tensor of tensors) {
    yield* tensor.data()
    yield padding(bytesOf(tensor))
  }
}

/** Writes a model piece by piece: however large it is, little of it is in memory at a time. */
export function writeGguf(path: string, metadata: GgufMetadata, tensors: GgufTensor[]): void {
  const file = openSync(path, 'w')
  try {
    writeSync(file, ggufHead({ metadata, infos: tensorInfos(tensors) }))
    for (const piece of tensorData(tensors)) writeSync(file, piece)
  } finally {
    closeSync(file)
  }
}

/** A tensor of 32-bit floats, each by its index. */
export function floatTensor(
  name: string,
  dimensions: number[],
  value: (index: number) => number
): GgufTensor {
  const values = Float32Array.from({ length: elements(dimensions) }, (_, index) => value(index))
  return { name, dimensions, type: 'F32', data: () => [Buffer.from(values.buffer)] }
}

/** Numbers from -0.1 to 0.1, the same for the same seed. */
export function seededWeights(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return (state / 2 ** 32 - 0.5) * 0.2
  }
}
