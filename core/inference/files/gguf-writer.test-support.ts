import { Buffer } from 'node:buffer'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { tensorTypes } from './gguf-types.ts'

/** A number is written as uint32, a fraction as float32, a list as one of uint32 or of texts. */
export type WrittenValue = string | number | boolean | readonly number[] | readonly string[]

export interface WrittenTensor {
  name: string
  dimensions: readonly number[]
  /** Name of its type; default F16. */
  type?: string
}

export interface WrittenGguf {
  metadata: Readonly<Record<string, WrittenValue>>
  tensors: readonly WrittenTensor[]
}

const ALIGNMENT = 32
const padded = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

/** The header of a sound GGUF file, and how long that file is with all its weights. */
export function ggufHeader({ metadata, tensors }: WrittenGguf): { header: Buffer; fileBytes: number } {
  const entries = Object.entries(metadata)
  const chunks = [
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries.flatMap(([key, value]) => [text(key), ...typed(value)])
  ]
  let offset = 0
  for (const { name, dimensions, type = 'F16' } of tensors) {
    const [id, layout] = Object.entries(tensorTypes).find(([, known]) => known.name === type) ?? []
    if (layout === undefined) throw new Error(`no tensor type ${type}`)
    chunks.push(
      text(name),
      uint32(dimensions.length),
      ...dimensions.map(uint64),
      uint32(Number(id)),
      uint64(offset)
    )
    const elements = dimensions.reduce((product, length) => product * length, 1)
    offset += padded((elements / layout.blockSize) * layout.blockBytes)
  }
  const head = Buffer.concat(chunks)
  const header = Buffer.concat([head, Buffer.alloc(padded(head.length) - head.length)])
  return { header, fileBytes: header.length + offset }
}

/** Writes such a file; its weights are a hole that takes no room on the disk. */
export function writeHollowGguf(path: string, gguf: WrittenGguf): void {
  const { header, fileBytes } = ggufHeader(gguf)
  const file = openSync(path, 'w')
  try {
    writeSync(file, header)
    ftruncateSync(file, fileBytes)
  } finally {
    closeSync(file)
  }
}

function typed(value: WrittenValue): Buffer[] {
  if (typeof value === 'string') return [uint32(8), text(value)]
  if (typeof value === 'boolean') return [uint32(7), Buffer.from([value ? 1 : 0])]
  if (typeof value === 'number')
    return Number.isInteger(value) ? [uint32(4), uint32(value)] : [uint32(6), float32(value)]
  const isText = typeof value[0] === 'string'
  return [
    uint32(9),
    uint32(isText ? 8 : 4),
    uint64(value.length),
    ...value.map((element) => (typeof element === 'string' ? text(element) : uint32(element)))
  ]
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint64(bytes.length), bytes])
}
