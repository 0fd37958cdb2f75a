type Range = readonly [number, number]

export interface Snippet {
  text: string
  ranges: Range[]
}

/** So much of the text stands before its first marked word. */
const BEFORE = 60

/** About `length` characters of a text around its first marked word, cut between words, with what is to be marked. */
export function snippet(text: string, ranges: readonly Range[], length: number): Snippet {
  const body = bodyStart(text)
  const first = ranges.find(([start]) => start >= body)?.[0] ?? body
  const from = first - body <= BEFORE || text.length - body <= length ? body : wordStart(text, first - BEFORE)
  const until = Math.min(text.length, from + length)
  const lead = from > body ? '… ' : ''
  const move = lead.length - from
  return {
    text: `${lead}${text.slice(from, until)}${until < text.length ? ' …' : ''}`,
    ranges: ranges
      .filter(([start, end]) => start >= from && end <= until)
      .map(([start, end]) => [start + move, end + move])
  }
}

/** Where a passage begins after its headings, which stand above it anyway; its start where it has nothing else. */
function bodyStart(text: string): number {
  const headings = /^(?:\s*#{1,6} [^\n]*\n)*\s*/.exec(text)?.[0].length ?? 0
  return headings < text.length ? headings : 0
}

/** The nearest start of a word from here on. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 30).search(/\s/)
  return space === -1 ? at : at + space + 1
}

const marks = /\*\*|__|``?|!?\[\[|\]\]|(?<=^|\n)[ \t]*(?:#{1,6}|>|[-*+]|\|)[ \t]+|\|/
/** `*` and `_` around words: one before, one after. Those of `2 * 3` and `_name` are none. */
const opening = /(?<![\w*_])(?<first>[*_])(?=[^\s*_][^\n*_]*\k<first>(?![\w*_]))/
const closing = /(?<=(?<![\w*_])(?<last>[*_])[^\s*_][^\n*_]*)\k<last>(?![\w*_])/
const markup = new RegExp(`${marks.source}|${opening.source}|${closing.source}`, 'g')

/** A text without Markdown's signs, and where its marked words stand then. */
export function withoutMarkup({ text, ranges }: Snippet): Snippet {
  const cuts = [...text.matchAll(markup)].map(({ index, 0: sign }) => ({ from: index, length: sign.length }))
  const moved = (place: number): number =>
    cuts.reduce((sum, { from, length }) => sum - Math.min(length, Math.max(0, place - from)), place)
  return {
    text: text.replace(markup, ''),
    ranges: ranges
      .map(([start, end]): Range => [moved(start), moved(end)])
      .filter(([start, end]) => start < end)
  }
}
