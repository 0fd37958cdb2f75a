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

/** Numbers of the header that say how the rest of the file is to be read. */
export type FieldKind =
  | 'version'
  | 'tensor count'
  | 'entry count'
  | 'text length'
  | 'value type'
  | 'list type'
  | 'list length'
  | 'dimension count'
  | 'dimension'
  | 'tensor type'
  | 'tensor offset'

export interface Field {
  kind: FieldKind
  offset: number
  bytes: 4 | 8
}

export interface WrittenHeader {
  header: Buffer
  /** Of the file with all its weights. */
  fileBytes: number
  fields: Field[]
}

const ALIGNMENT = 32
const padded = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

/** The header of a sound GGUF file. */
export function ggufHeader({ metadata, tensors }: WrittenGguf): WrittenHeader {
  const writer = new Writer()
  writer.bytes(Buffer.from('GGUF'))
  writer.uint32(3, 'version')
  writer.uint64(tensors.length, 'tensor count')
  writer.uint64(Object.keys(metadata).length, 'entry count')
  for (const [key, value] of Object.entries(metadata)) {
    writer.text(key)
    writer.value(value)
  }
  let offset = 0
  for (const { name, dimensions, type = 'F16' } of tensors) {
    const [id, layout] = Object.entries(tensorTypes).find(([, known]) => known.name === type) ?? []
    if (layout === undefined) throw new Error(`no tensor type ${type}`)
    writer.text(name)
    writer.uint32(dimensions.length, 'dimension count')
    for (const dimension of dimensions) writer.uint64(dimension, 'dimension')
    writer.uint32(Number(id), 'tensor type')
    writer.uint64(offset, 'tensor offset')
    const elements = dimensions.reduce((product, length) => product * length, 1)
    offset += padded((elements / layout.blockSize) * layout.blockBytes)
  }
  const head = Buffer.concat(writer.chunks)
  const header = Buffer.concat([head, Buffer.alloc(padded(head.length) - head.length)])
  return { header, fileBytes: header.length + offset, fields: writer.fields }
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

class Writer {
  readonly chunks: Buffer[] = []
  readonly fields: Field[] = []
  #length = 0

  bytes(bytes: Buffer): void {
    this.chunks.push(bytes)
    this.#length += bytes.length
  }

  uint32(value: number, kind?: FieldKind): void {
    if (kind !== undefined) this.fields.push({ kind, offset: this.#length, bytes: 4 })
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.bytes(bytes)
  }

  uint64(value: number, kind: FieldKind): void {
    this.fields.push({ kind, offset: this.#length, bytes: 8 })
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(value))
    this.bytes(bytes)
  }

  text(value: string): void {
    const bytes = Buffer.from(value)
    this.uint64(bytes.length, 'text length')
    this.bytes(bytes)
  }

  value(value: WrittenValue): void {
    if (typeof value === 'string') {
      this.uint32(8, 'value type')
      this.text(value)
    } else if (typeof value === 'boolean') {
      this.uint32(7, 'value type')
      this.bytes(Buffer.from([value ? 1 : 0]))
    } else if (typeof value === 'number') {
      this.#number(value)
    } else {
      this.uint32(9, 'value type')
      this.uint32(typeof value[0] === 'string' ? 8 : 4, 'list type')
      this.uint64(value.length, 'list length')
      for (const element of value) {
        if (typeof element === 'string') this.text(element)
        else this.uint32(element)
      }
    }
  }

  #number(value: number): void {
    if (Number.isInteger(value)) {
      this.uint32(4, 'value type')
      this.uint32(value)
      return
    }
    this.uint32(6, 'value type')
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(value)
    this.bytes(bytes)
  }
}
