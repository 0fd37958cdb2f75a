export interface NoteParts {
  before: string
  passage: string
  after: string
}

/**
 * A text cut around a passage that is given by its bytes in UTF-8, at whole lines. Null where the passage lies outside: the
 * text was cut, or has changed since.
 */
export function cutAtPassage(text: string, passage: { start: number; end: number } | null): NoteParts | null {
  if (passage === null) return null
  const from = characterAt(text, passage.start)
  const until = characterAt(text, passage.end)
  if (from === null || until === null || from >= until) return null
  const start = text.lastIndexOf('\n', from - 1) + 1
  const newline = text.indexOf('\n', until - 1)
  const end = newline === -1 ? text.length : newline + 1
  return { before: text.slice(0, start), passage: text.slice(start, end), after: text.slice(end) }
}

/** The character at which a byte stands; null beyond the end. */
function characterAt(text: string, byte: number): number | null {
  let bytes = 0
  let at = 0
  while (bytes < byte) {
    const code = text.codePointAt(at)
    if (code === undefined) return null
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    at += code < 0x10000 ? 1 : 2
  }
  return at
}
