/** Where a value lies in JSON text, in bytes. */
export interface JsonPlace {
  start: number
  end: number
}

/** A member of an object: its key, decoded, and where its value lies. */
export interface JsonMember extends JsonPlace {
  key: string
  /** Where the key begins, at its quote. */
  keyStart: number
}

export const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
export const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
/** The n of null, the only value that begins with it. */
export const NULL = 0x6e

/** The members of the object that begins at `open`. Valid JSON is taken for granted, here and below. */
export function* membersOf(source: Buffer, open: number): Generator<JsonMember> {
  if (source[open] !== OPEN_OBJECT) throw new TypeError('an object was expected')
  let at = skipSpace(source, open + 1)
  while (source[at] !== CLOSE_OBJECT) {
    const keyEnd = skipString(source, at)
    const key = decoded(source, at, keyEnd)
    const start = skipSpace(source, skipSpace(source, keyEnd) + 1) // past the colon
    const end = skipValue(source, start)
    yield { key, keyStart: at, start, end }
    at = skipSpace(source, end)
    if (source[at] === COMMA) at = skipSpace(source, at + 1)
    else if (source[at] !== CLOSE_OBJECT) throw notJson()
  }
}

/** The string from its opening quote to behind the closing one. */
function decoded(source: Buffer, start: number, end: number): string {
  const text = source.toString('utf8', start + 1, end - 1)
  return text.includes('\\') ? JSON.parse(`"${text}"`) : text
}

/** The elements of the list that begins at `open`. */
export function* elementsOf(source: Buffer, open: number): Generator<JsonPlace> {
  if (source[open] !== OPEN_ARRAY) throw new TypeError('a list was expected')
  let start = skipSpace(source, open + 1)
  while (source[start] !== CLOSE_ARRAY) {
    const end = skipValue(source, start)
    yield { start, end }
    start = skipSpace(source, end)
    if (source[start] === COMMA) start = skipSpace(source, start + 1)
    else if (source[start] !== CLOSE_ARRAY) throw notJson()
  }
}

export function skipSpace(source: Buffer, from: number): number {
  let at = from
  while (isSpace(source[at])) at++
  return at
}

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** A quote nearer than this is found faster by looking at each byte than by a native search. */
const NEAR_BYTES = 64

/** From an opening quote to behind the closing one. */
function skipString(source: Buffer, from: number): number {
  let at = from + 1
  while (at < source.length) {
    for (const near = Math.min(at + NEAR_BYTES, source.length); at < near; at++) {
      const byte = source[at]
      if (byte === QUOTE) return at + 1
      if (byte === BACKSLASH) at++ // what is escaped ends nothing
    }
    // a long stretch without a quote, as prose has them
    const quote = source.indexOf(QUOTE, at)
    if (quote === -1) break
    if (!isEscaped(source, quote, at)) return quote + 1
    at = quote + 1
  }
  throw notJson()
}

/** Whether an odd number of backslashes stands before `at`; those before `from` belong together already. */
function isEscaped(source: Buffer, at: number, from: number): boolean {
  let before = at
  while (before > from && source[before - 1] === BACKSLASH) before--
  return (at - before) % 2 === 1
}

function skipValue(source: Buffer, from: number): number {
  let at = from
  let depth = 0
  while (at < source.length) {
    const byte = source[at]
    if (byte === QUOTE) {
      at = skipString(source, at)
      if (depth === 0) return at
      continue
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (depth === 0) return at // the end of the object around a number or word
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) return at
    at++
  }
  throw notJson()
}

const notJson = (): TypeError => new TypeError('the text is not valid JSON')
