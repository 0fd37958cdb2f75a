import type { Note } from '../../contract/knowledge.ts'

/** Headings of a Markdown text with the bytes they begin at. What stands in code is none. */
export function outlineOf(text: string): Note['headings'] {
  const headings: Note['headings'] = []
  let fence: string | null = null
  let start = 0
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
    } else if (mark) fence = mark
    else {
      const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*$/.exec(line)
      if (heading?.[1] && heading[2]) headings.push({ text: heading[2], level: heading[1].length, start })
    }
    start += Buffer.byteLength(line) + 1
  }
  return headings
}
