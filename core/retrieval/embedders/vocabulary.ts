import { createCodeUnits } from '../code-units.ts'

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
  const codeUnits = createCodeUnits()
  const letters = createCodeUnits()(words.join(''))
  const starts = new Uint32Array(words.length + 1)
  // a slot is a word's hash and its rank; at most half are taken, so that searches are short
  const slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(words.length * 2))).fill(-1)
  const mask = slots.length - 2
  /** What each code unit is within a word: itself, or the small letter of an English capital. */
  const folded = new Uint16Array(65_536).fill(UNKNOWN)
  for (let code = 0; code < 128; code += 1)
    folded[code] = letter.test(String.fromCharCode(code)) ? code : BETWEEN
  for (let code = 65; code <= 90; code += 1) folded[code] = code + 32
  // a half of a character is one of a letter, or taken out
  for (let code = 0xd800; code <= 0xdfff; code += 1) folded[code] = code

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

  /** Looks up code units that were not met yet, and takes halves of a character out that is no letter. */
  const lookUp = (text: string, codes: Uint16Array): void => {
    for (let at = 0; at < text.length; at += 1) {
      const code = codes[at] ?? 0
      const isHalf = (code & 0xf800) === 0xd800
      if (!isHalf && folded[code] !== UNKNOWN) continue
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      const isLetter = letter.test(character)
      if (!isHalf) folded[code] = isLetter ? code : BETWEEN
      else if (!isLetter) codes.fill(BETWEEN, at, at + character.length)
      at += character.length - 1
    }
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
      const isAscii = !outsideAscii.test(text)
      const whole = isAscii ? text : text.toLowerCase().normalize('NFKC')
      const codes = codeUnits(whole)
      // not within the loop below: a call there would make it take twice as long
      if (!isAscii) lookUp(whole, codes)
      const { length } = whole
      let begin = 0
      let hash = FNV_BASIS
      // the zero at the end stands between words
      for (let at = 0; at <= length; at += 1) {
        const code = folded[codes[at] ?? 0] ?? BETWEEN
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
