import { endianness } from 'node:os'

const letter = /[\p{L}\p{N}]/u
const outsideAscii = /[^\0-\x7f]/
const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** Of the table of code units: stands between words; not looked up yet. */
const BETWEEN = 0
const UNKNOWN = 1

/** Finds the words of a text that it knows, without making a string of each. */
export interface Vocabulary {
  /** Tells the rank of every known word of the text, in its order. */
  eachRank(text: string, visit: (rank: number) => void): void
}

/** Words in lower case, the most common first. */
export function vocabularyOf(words: readonly string[]): Vocabulary {
  const letters = codesOf(words.join(''))
  const starts = new Uint32Array(words.length + 1)
  // a slot is a word's hash and its rank; at most half are taken, so that searches are short
  const slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(words.length * 2))).fill(-1)
  const mask = slots.length - 2
  /** What each code unit is within a word: itself, or the small letter of an English capital. */
  const folded = new Uint16Array(65_536).fill(UNKNOWN)
  for (let code = 65; code <= 90; code += 1) folded[code] = code + 32

  const isSame = (rank: number, codes: Uint16Array, start: number, end: number): boolean => {
    const from = starts[rank] ?? 0
    if ((starts[rank + 1] ?? 0) - from !== end - start) return false
    for (let at = start; at < end; at += 1) if (codes[at] !== letters[from + at - start]) return false
    return true
  }

  /** The slot of a word, or the free one where it would stand. */
  const slotOf = (hash: number, codes: Uint16Array, start: number, end: number): number => {
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let rank = slots[slot + 1] ?? -1; rank !== -1; rank = slots[slot + 1] ?? -1) {
      if (slots[slot] === hash && isSame(rank, codes, start, end)) break
      slot = (slot + 2) & mask
    }
    return slot
  }

  /** The same for a code unit that was not looked up yet. */
  const fold = (codes: Uint16Array, at: number): number => {
    const code = codes[at] ?? 0
    // half of a character beyond the first plane says nothing without the other half
    const isHigh = code >= 0xd800 && code <= 0xdbff
    const isLow = code >= 0xdc00 && code <= 0xdfff
    const from = isLow ? at - 1 : at
    const character = String.fromCharCode(...codes.subarray(from, isHigh || isLow ? from + 2 : from + 1))
    const found = letter.test(character) ? code : BETWEEN
    if (!isHigh && !isLow) folded[code] = found
    return found
  }

  let start = 0
  for (const [rank, { length }] of words.entries()) {
    const end = start + length
    starts[rank] = start
    starts[rank + 1] = end
    let hash = FNV_BASIS
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (letters[at] ?? 0), FNV_PRIME)
    const slot = slotOf(hash, letters, start, end)
    slots[slot] = hash
    slots[slot + 1] = rank
    start = end
  }

  return {
    eachRank(text, visit) {
      const codes = codesOf(outsideAscii.test(text) ? text.toLowerCase().normalize('NFKC') : text)
      const { length } = codes
      let begin = 0
      let hash = FNV_BASIS
      for (let at = 0; at <= length; at += 1) {
        let code = at < length ? (folded[codes[at] ?? 0] ?? BETWEEN) : BETWEEN
        if (code === UNKNOWN) code = fold(codes, at)
        if (code !== BETWEEN) {
          codes[at] = code
          hash = Math.imul(hash ^ code, FNV_PRIME)
          continue
        }
        if (at > begin) {
          const rank = slots[slotOf(hash, codes, begin, at) + 1] ?? -1
          if (rank !== -1) visit(rank)
          hash = FNV_BASIS
        }
        begin = at + 1
      }
    }
  }
}

/** Code units of a text, in an array of its own. */
function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length)
  const bytes = Buffer.from(codes.buffer)
  bytes.write(text, 'utf16le')
  if (endianness() === 'BE') bytes.swap16()
  return codes
}
