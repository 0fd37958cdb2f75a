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
 * What stands under a heading of a Markdown text, the heading included, up to the next one of its level or above; null
 * where there is no such heading. Headings are compared without case and markup.
 */
export function sectionUnder(text: string, heading: string): string | null {
  const wanted = plain(heading)
  let start: number | null = null
  let level = 0
  for (const found of headingsIn(text)) {
    if (start !== null && found.level <= level) return text.slice(start, found.at).trimEnd()
    if (start === null && plain(found.text) === wanted) {
      start = found.at
      level = found.level
    }
  }
  return start === null ? null : text.slice(start).trimEnd()
}

function* headingsIn(text: string): Generator<{ text: string; level: number; at: number }> {
  let fence: string | null = null
  let at = 0
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]?.charAt(0)
    if (mark !== undefined && (fence === null || fence === mark)) fence = fence === null ? mark : null
    const heading = fence === null ? /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*\r?$/.exec(line) : null
    if (heading?.[1] && heading[2]) yield { text: heading[2], level: heading[1].length, at }
    at += line.length + 1
  }
}

const plain = (heading: string): string =>
  heading
    .replace(/^#+\s*/, '')
    .replace(/[*_`[\]]/g, '')
    .trim()
    .normalize('NFC')
    .toLowerCase()
