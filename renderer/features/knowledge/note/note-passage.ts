import type { PassagePlace } from '../../../client/knowledge/note-route.ts'

export interface NoteParts {
  before: string
  passage: string
  after: string
}

/**
 * A text cut around a passage that is given by its bytes in UTF-8, at whole lines. Where the passage stands elsewhere by now,
 * it is looked for by how it begins. Null where it lies outside: the text was cut, or has changed too much.
 */
export function cutAtPassage(text: string, passage: PassagePlace | null): NoteParts | null {
  if (passage === null) return null
  const there = characterAfter(text, 0, passage.start)
  const moved = nearest(text, passage.begins, there ?? text.length)
  const first = moved ?? there
  if (first === null) return null
  const last =
    characterAfter(text, first, passage.end - passage.start) ?? (moved === null ? null : text.length)
  if (last === null || first >= last) return null
  const start = text.lastIndexOf('\n', first - 1) + 1
  const newline = text.indexOf('\n', last - 1)
  const end = newline === -1 ? text.length : newline + 1
  return { before: text.slice(0, start), passage: text.slice(start, end), after: text.slice(end) }
}

/** Where these words stand, as near to a place as may be; null where they do not stand, or there are none. */
function nearest(text: string, words: string, place: number): number | null {
  if (words === '') return null
  const after = text.indexOf(words, place)
  const before = text.lastIndexOf(words, place)
  if (after === -1 || before === -1) return Math.max(after, before) === -1 ? null : Math.max(after, before)
  return after - place < place - before ? after : before
}

/** The character so many bytes after another; null beyond the end. */
function characterAfter(text: string, from: number, wanted: number): number | null {
  let bytes = 0
  let at = from
  while (bytes < wanted) {
    const code = text.codePointAt(at)
    if (code === undefined) return null
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    at += code < 0x10000 ? 1 : 2
  }
  return at
}
