/** A browser lays out a long text in one go, however little of it is in sight; pieces of this length it can skip. */
const PIECE_CHARS = 4000

/** The text in pieces that together are the text, each ending with a line where lines are short enough. */
export function pieces(text: string): string[] {
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    const wanted = from + PIECE_CHARS
    const line = text.lastIndexOf('\n', wanted)
    let end = wanted >= text.length ? text.length : line > from ? line + 1 : wanted
    // half of a pair of surrogates is no character
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end++
    parts.push(text.slice(from, end))
    from = end
  }
  return parts
}
