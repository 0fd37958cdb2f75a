import { type GgufCursor, GgufError } from './gguf-cursor.ts'
import { ARRAY_TYPE, BOOL_TYPE, STRING_TYPE, scalarBytes } from './gguf-types.ts'

// Far above any real model, and low enough that no file can make the reader work or allocate much.
const MAX_KEY_BYTES = 65_535
const MAX_STRING_BYTES = 64 << 20
const MAX_KEPT_STRING_BYTES = 1 << 20
/** Lists with a number for each layer are kept, vocabularies are not. */
const MAX_KEPT_NUMBERS = 1024

type Value = string | number | number[] | { length: number }

const keptTexts = new Set(['general.architecture', 'general.name', 'tokenizer.chat_template'])
/** What a model of some architecture says about itself stands under the architecture's name. */
const isKeptNumber = (key: string) =>
  key === 'general.file_type' || key === 'general.alignment' || !/^(general|tokenizer)\./.test(key)

/**
 * The metadata of a GGUF file: checked whole, and what is of use here kept. Asking for an entry whose value is of another
 * type throws `GgufError`, as the native loader would fail on it.
 */
export class GgufMetadata {
  readonly #values = new Map<string, Value>()

  /** Reads `count` entries from where the cursor is. */
  constructor(cursor: GgufCursor, count: number) {
    const seen = new Set<string>()
    for (let index = 0; index < count; index += 1) {
      const key = readText(cursor, MAX_KEY_BYTES, 'the length of a metadata key')
      if (seen.has(key)) throw new GgufError('a metadata key stands in it twice')
      seen.add(key)
      const value = readEntry(cursor, key)
      if (value !== null) this.#values.set(key, value)
    }
  }

  /** Null where it is absent or empty. */
  text(key: string): string | null {
    const value = this.#values.get(key) ?? ''
    if (typeof value !== 'string') throw wrongType(key)
    return value === '' ? null : value
  }

  /** A whole number, at least 0; null where it is absent. */
  count(key: string): number | null {
    const value = this.#values.get(key)
    return value === undefined ? null : asCount(key, value)
  }

  /** A number for each layer, from a list of them or from one for all; `absent` stands in for those that are not given. */
  perLayer(key: string, absent: readonly number[]): number[] {
    const value = this.#values.get(key)
    return absent.map((fallback, layer) => {
      const own = Array.isArray(value) ? value[layer] : value
      return own === undefined ? fallback : asCount(key, own)
    })
  }

  /** How long a list is; 0 where it is absent. */
  lengthOf(key: string): number {
    const value = this.#values.get(key)
    return typeof value === 'object' ? value.length : 0
  }
}

function asCount(key: string, value: Value): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrongType(key)
  return value
}

const wrongType = (key: string) => new GgufError(`the value of ${key.slice(0, 80)} is not of its type`)

export function readText(cursor: GgufCursor, limit: number, what: string): string {
  return cursor.bytes(cursor.count(limit, what)).toString('utf8')
}

/** The value of an entry that is of use, null for another. Either way the cursor is past it then. */
function readEntry(cursor: GgufCursor, key: string): Value | null {
  const type = cursor.uint32()
  if (type === ARRAY_TYPE) return readList(cursor, isKeptNumber(key))
  if (type !== STRING_TYPE) return isKeptNumber(key) ? readNumber(cursor, type) : skipNumbers(cursor, type, 1)
  if (keptTexts.has(key)) return readText(cursor, MAX_KEPT_STRING_BYTES, 'the length of a text')
  cursor.skip(cursor.count(MAX_STRING_BYTES, 'the length of a text'))
  return ''
}

function readList(cursor: GgufCursor, isKept: boolean): Value {
  const type = cursor.uint32()
  if (type === ARRAY_TYPE) throw new GgufError('its metadata holds a list of lists')
  const size = type === STRING_TYPE ? 8 : scalarSize(type)
  const length = cursor.count(Math.floor(cursor.remaining / size), 'the length of a list')
  if (type === STRING_TYPE) {
    for (let index = 0; index < length; index += 1) {
      cursor.skip(cursor.count(MAX_STRING_BYTES, 'the length of a text'))
    }
  } else if (isKept && length <= MAX_KEPT_NUMBERS) {
    return Array.from({ length }, () => readNumber(cursor, type))
  } else {
    skipNumbers(cursor, type, length)
  }
  return { length }
}

/** Integers beyond 2^53 lose digits, and are refused where a count is asked for. */
function readNumber(cursor: GgufCursor, type: number): number {
  const bytes = cursor.bytes(scalarSize(type))
  if (type === 6) return bytes.readFloatLE(0)
  if (type === 12) return bytes.readDoubleLE(0)
  if (type === 10) return Number(bytes.readBigUInt64LE(0))
  if (type === 11) return Number(bytes.readBigInt64LE(0))
  if (type === BOOL_TYPE) return bytes[0] === 0 ? 0 : 1
  const isSigned = type === 1 || type === 3 || type === 5
  return isSigned ? bytes.readIntLE(0, bytes.length) : bytes.readUIntLE(0, bytes.length)
}

function skipNumbers(cursor: GgufCursor, type: number, count: number): null {
  cursor.skip(scalarSize(type) * count)
  return null
}

function scalarSize(type: number): number {
  const size = scalarBytes[type]
  if (size === undefined) throw new GgufError(`metadata type ${type} is unknown or out of place`)
  return size
}
