/** A part of a text; `marked` where it is what was looked for. */
export interface Piece {
  text: string
  marked: boolean
}
type Range = readonly [from: number, until: number]

/** So much of the text stands before its first marked word. */
const BEFORE = 60

/** About `length` characters of a text on one line, around its first marked word and cut between words. */
export function excerpt(text: string, highlights: readonly Range[], length: number): Piece[] {
  const body = bodyStart(text)
  const marks = highlights
    .filter(([from, until]) => from >= body && until > from)
    .toSorted(([left], [right]) => left - right)
  const first = marks[0]?.[0] ?? body
  const from = first - body <= BEFORE || text.length - body <= length ? body : wordStart(text, first - BEFORE)
  const until = wordEnd(text, from + length)
  const pieces = piecesOf(text, marks, from, until)
  return [
    ...(from > body ? [plain('… ')] : []),
    ...pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, ' ') })),
    ...(until < text.length ? [plain(' …')] : [])
  ]
}

function piecesOf(text: string, marks: readonly Range[], from: number, until: number): Piece[] {
  const pieces: Piece[] = []
  let at = from
  for (const [start, end] of marks) {
    if (start < at || end > until) continue
    if (start > at) pieces.push(plain(text.slice(at, start)))
    pieces.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  const rest = text.slice(at, until).trimEnd()
  return rest === '' ? pieces : [...pieces, plain(rest)]
}

const plain = (text: string): Piece => ({ text, marked: false })

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

/** The nearest end of a word up to here. */
function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length
  const from = Math.max(0, at - 30)
  const space = text.slice(from, at + 1).search(/\s\S*$/)
  return space === -1 ? at : from + space
}
