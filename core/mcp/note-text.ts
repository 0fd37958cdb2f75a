import type { Note } from '../contract/knowledge.ts'

/** A part of a longer text. Offsets are UTF-16 code units, as a JavaScript string counts them. */
export interface TextPage {
  text: string
  offset: number
  /** Where the next page begins; null at the end. */
  nextOffset: number | null
  length: number
}

export function pageOf(text: string, offset: number, size: number): TextPage {
  const start = Math.min(offset, text.length)
  let end = Math.min(start + size, text.length)
  // half of a pair of surrogates is no character
  if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end--
  return {
    text: text.slice(start, end),
    offset: start,
    nextOffset: end < text.length ? end : null,
    length: text.length
  }
}

/**
 * What stands under a heading, the heading included, up to the next one of its level or above; null where the note has no
 * such heading. Headings are compared without case and markup.
 */
export function sectionUnder(
  { text, headings }: Pick<Note, 'text' | 'headings'>,
  heading: string
): string | null {
  const wanted = plain(heading)
  const index = headings.findIndex((one) => plain(one.text) === wanted)
  const first = headings[index]
  if (first === undefined) return null
  const next = headings.slice(index + 1).find(({ level }) => level <= first.level)
  // headings are counted in bytes
  return Buffer.from(text).subarray(first.start, next?.start).toString().trimEnd()
}

const plain = (heading: string): string =>
  heading
    .replace(/^#+\s*/, '')
    .replace(/[*_`[\]]/g, '')
    .trim()
    .normalize('NFC')
    .toLowerCase()
