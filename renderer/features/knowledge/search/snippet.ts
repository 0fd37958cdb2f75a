type Range = readonly [number, number]

export interface Snippet {
  text: string
  ranges: Range[]
}

/** So much of the text stands before its first marked word. */
const BEFORE = 60

/** About `length` characters of a text around its first marked word, cut between words, with what is to be marked. */
export function snippet(text: string, ranges: readonly Range[], length: number): Snippet {
  const first = ranges[0]?.[0] ?? 0
  const from = first <= BEFORE || text.length <= length ? 0 : wordStart(text, first - BEFORE)
  const until = Math.min(text.length, from + length)
  const lead = from > 0 ? '… ' : ''
  const move = lead.length - from
  return {
    text: `${lead}${text.slice(from, until)}${until < text.length ? ' …' : ''}`,
    ranges: ranges
      .filter(([start, end]) => start >= from && end <= until)
      .map(([start, end]) => [start + move, end + move])
  }
}

/** The nearest start of a word from here on. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 30).search(/\s/)
  return space === -1 ? at : at + space + 1
}
