import { createHash } from 'node:crypto'
import { type ByteSource, GgufCursor, GgufError } from './gguf-cursor.ts'
import { ARRAY_TYPE, fileTypeNames, STRING_TYPE, scalarBytes, tensorTypes } from './gguf-types.ts'

/** What a GGUF file says about itself. */
export interface GgufSummary {
  architecture: string
  name: string | null
  /** How many weights it holds. */
  parameters: number
  /** As model files are called (`Q4_K_M`); null when the file does not say. */
  quantization: string | null
  /** The context it was trained for, in tokens. */
  contextTokens: number | null
  chatTemplate: string | null
  chatTemplateSha256: string | null
}

// Far above any real model, and low enough that no file can make the reader work or allocate much.
const MAX_ENTRIES = 65_536
const MAX_TENSORS = 65_536
const MAX_KEY_BYTES = 65_535
const MAX_STRING_BYTES = 64 << 20
const MAX_KEPT_STRING_BYTES = 1 << 20
const MAX_NAME_BYTES = 63
const MAX_DIMENSIONS = 4
const MAX_ALIGNMENT = 1 << 20
const DEFAULT_ALIGNMENT = 32

type MetadataValue = string | number | bigint | boolean

const keptKeys = new Set([
  'general.architecture',
  'general.name',
  'general.file_type',
  'general.alignment',
  'tokenizer.chat_template'
])
const isKept = (key: string) => keptKeys.has(key) || key.endsWith('.context_length')

/**
 * Reads and checks a GGUF header (versions 2 and 3, little-endian) so that nothing in it can lead the native loader past
 * the end of the file: counts, lengths, alignment, and offset and size of every tensor. Throws `GgufError`.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export function readGgufHeader(source: ByteSource): GgufSummary {
  const cursor = new GgufCursor(source)
  if (cursor.remaining < 4 || cursor.bytes(4).toString('latin1') !== 'GGUF') {
    throw new GgufError('this is not a GGUF file')
  }
  const version = cursor.uint32()
  if (version !== 2 && version !== 3) {
    throw new GgufError(
      version > 0xff_ffff ? 'its numbers are big-endian' : `its GGUF version ${version} is unknown`
    )
  }
  const tensorCount = cursor.count(MAX_TENSORS, 'the number of tensors')
  const entryCount = cursor.count(MAX_ENTRIES, 'the number of metadata entries')

  const metadata = readMetadata(cursor, entryCount)
  const alignment = alignmentOf(metadata)
  const parameters = checkTensors(cursor, tensorCount, alignment, source.size)
  return summarize(metadata, parameters)
}

/** The entries that are of use here. The others are checked and skipped, whatever their size. */
function readMetadata(cursor: GgufCursor, count: number): Map<string, MetadataValue> {
  const seen = new Set<string>()
  const kept = new Map<string, MetadataValue>()
  for (let index = 0; index < count; index += 1) {
    const key = readString(cursor, MAX_KEY_BYTES, 'the length of a metadata key')
    if (seen.has(key)) throw new GgufError('a metadata key stands in it twice')
    seen.add(key)
    const type = cursor.uint32()
    if (isKept(key)) kept.set(key, readValue(cursor, type))
    else skipValue(cursor, type)
  }
  return kept
}

function readString(cursor: GgufCursor, limit: number, what: string): string {
  return cursor.bytes(cursor.count(limit, what)).toString('utf8')
}

function readValue(cursor: GgufCursor, type: number): MetadataValue {
  if (type === STRING_TYPE) return readString(cursor, MAX_KEPT_STRING_BYTES, 'the length of a text')
  const bytes = cursor.bytes(scalarSize(type))
  if (type === 7) return bytes[0] !== 0
  if (type === 6) return bytes.readFloatLE(0)
  if (type === 12) return bytes.readDoubleLE(0)
  if (type === 10) return bytes.readBigUInt64LE(0)
  if (type === 11) return bytes.readBigInt64LE(0)
  const isSigned = type === 1 || type === 3 || type === 5
  return isSigned ? bytes.readIntLE(0, bytes.length) : bytes.readUIntLE(0, bytes.length)
}

function skipValue(cursor: GgufCursor, type: number): void {
  if (type === STRING_TYPE) cursor.skip(cursor.count(MAX_STRING_BYTES, 'the length of a text'))
  else if (type === ARRAY_TYPE) skipArray(cursor)
  else cursor.skip(scalarSize(type))
}

function skipArray(cursor: GgufCursor): void {
  const type = cursor.uint32()
  if (type === ARRAY_TYPE) throw new GgufError('its metadata holds a list of lists')
  const size = type === STRING_TYPE ? 8 : scalarSize(type)
  const count = cursor.count(Math.floor(cursor.remaining / size), 'the length of a list')
  if (type === STRING_TYPE) {
    for (let index = 0; index < count; index += 1) skipValue(cursor, STRING_TYPE)
  } else {
    cursor.skip(count * size)
  }
}

function scalarSize(type: number): number {
  const size = scalarBytes[type]
  if (size === undefined) throw new GgufError(`metadata type ${type} is unknown or out of place`)
  return size
}

function alignmentOf(metadata: Map<string, MetadataValue>): number {
  const alignment = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT
  const isPowerOfTwo = typeof alignment === 'number' && alignment > 0 && (alignment & (alignment - 1)) === 0
  if (!isPowerOfTwo || alignment > MAX_ALIGNMENT) {
    throw new GgufError('its alignment is not a power of two')
  }
  return alignment
}

/** Checks every tensor's place in the file, in exact integers; returns the number of weights. */
function checkTensors(cursor: GgufCursor, count: number, alignment: number, fileSize: number): number {
  const names = new Set<string>()
  const ends: bigint[] = []
  let parameters = 0n
  for (let index = 0; index < count; index += 1) {
    const name = readString(cursor, MAX_NAME_BYTES, 'the length of a tensor name')
    if (names.has(name)) throw new GgufError('a tensor stands in it twice')
    names.add(name)

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
    const offset = cursor.uint64()
    if (offset % BigInt(alignment) !== 0n) throw new GgufError('a tensor is not aligned')
    ends.push(offset + (elements / BigInt(layout.blockSize)) * BigInt(layout.blockBytes))
    parameters += elements
  }

  const dataStart = BigInt(Math.ceil(cursor.position / alignment) * alignment)
  for (const end of ends) {
    if (dataStart + end > BigInt(fileSize)) {
      throw new GgufError('the file is shorter than its header says; the download may be incomplete')
    }
  }
  return Number(parameters)
}

function summarize(metadata: Map<string, MetadataValue>, parameters: number): GgufSummary {
  const text = (key: string) => {
    const value = metadata.get(key)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const number = (key: string) => {
    const value = metadata.get(key)
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null
  }
  const architecture = text('general.architecture')
  if (architecture === null || !/^[\w.-]{1,64}$/.test(architecture)) {
    throw new GgufError('it does not name a model architecture')
  }
  const contextTokens = number(`${architecture}.context_length`)
  const fileType = number('general.file_type')
  const chatTemplate = text('tokenizer.chat_template')
  return {
    architecture,
    name: text('general.name'),
    parameters,
    quantization: fileType === null ? null : (fileTypeNames[fileType] ?? null),
    contextTokens: contextTokens !== null && Number.isSafeInteger(contextTokens) ? contextTokens : null,
    chatTemplate,
    chatTemplateSha256: chatTemplate === null ? null : createHash('sha256').update(chatTemplate).digest('hex')
  }
}
