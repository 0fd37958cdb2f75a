/** A line of a page as it is printed. */
export interface PrintedLine {
  text: string
  /** Of its foot, from the page's bottom up, and of its letters; in the page's own unit. */
  y: number
  height: number
}

/** Lines at the top and at the foot of a page that may be its header or footer. */
const EDGE_LINES = 2
/** A header stands on more than this share of the pages; that of a chapter, with the page's number, on fewer. */
const HEADER_SHARE = 0.5
const NUMBERED_PAGES = 3
/** Lines farther apart than this many heights belong to different paragraphs. */
const PARAGRAPH_GAP = 1.7

/** The pages without what stands at the same edge of most of them, whatever number is in it. */
export function withoutHeaders(pages: readonly PrintedLine[][]): PrintedLine[][] {
  if (pages.length < 3) return [...pages]
  const counts = new Map<string, number>()
  for (const lines of pages)
    for (const key of new Set(edges(lines))) counts.set(key, (counts.get(key) ?? 0) + 1)
  const isHeader = (line: PrintedLine): boolean => {
    const count = counts.get(keyOf(line)) ?? 0
    return count > pages.length * HEADER_SHARE || (count >= NUMBERED_PAGES && /\d/.test(line.text))
  }
  return pages.map((lines) =>
    lines.filter((line, index) => {
      const isEdge = index < EDGE_LINES || index >= lines.length - EDGE_LINES
      return !(isEdge && isHeader(line))
    })
  )
}

const edges = (lines: readonly PrintedLine[]): string[] =>
  [...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)].map(keyOf)

const keyOf = ({ text }: PrintedLine): string => text.replaceAll(/\d+/g, '#').trim().toLowerCase()

/** Lines put together to paragraphs; words parted at a line's end are whole again. */
export function paragraphsOf(lines: readonly PrintedLine[]): string[] {
  const paragraphs: string[] = []
  let before: PrintedLine | undefined
  for (const line of lines) {
    const last = paragraphs.at(-1)
    if (last === undefined || !before || startsParagraph(before, line)) paragraphs.push(line.text)
    else paragraphs[paragraphs.length - 1] = joined(last, line.text)
    before = line
  }
  return paragraphs
}

/** Also where the text goes up again: another column. */
const startsParagraph = (before: PrintedLine, line: PrintedLine): boolean => {
  const gap = before.y - line.y
  const height = Math.max(before.height, line.height, 1)
  return gap > height * PARAGRAPH_GAP || gap < -height || line.height > before.height * 1.25
}

function joined(text: string, line: string): string {
  const isParted = /\p{L}-$/u.test(text) && /^\p{Ll}/u.test(line)
  return isParted ? text.slice(0, -1) + line : `${text}\n${line}`
}
