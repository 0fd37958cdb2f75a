/** What stands under one heading of a Markdown note, up to the next of any level. */
export interface Section {
  /** Null before the first heading. */
  heading: string | null
  /** Bytes of the note. */
  start: number
  end: number
  /** It has no text of its own, or nothing but properties. */
  isBare: boolean
}

const PROPERTIES = /^---\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/

/** The sections of a note, in their order: first what stands before any heading. */
export function sectionsOf(note: string): Section[] {
  const sections: Section[] = []
  let heading: string | null = null
  let from = 0
  let fence: string | null = null
  const close = (until: number) => {
    const body = note.slice(from, until).replace(heading === null ? PROPERTIES : /^.*/, '')
    const start = sections.at(-1)?.end ?? 0
    const end = start + Buffer.byteLength(note.slice(from, until))
    sections.push({ heading, start, end, isBare: body.trim() === '' })
    from = until
  }
  let at = PROPERTIES.exec(note)?.[0].length ?? 0
  for (const line of note.slice(at).split('\n')) {
    const [, mark] = /^\s*(```|~~~)/.exec(line) ?? []
    if (mark !== undefined && (fence === null || fence === mark)) fence = fence === null ? mark : null
    const [, text] = fence === null ? (/^#{1,6}\s+(.*?)\s*$/.exec(line) ?? []) : []
    if (text !== undefined) {
      close(at)
      heading = text
    }
    at += line.length + 1
  }
  close(note.length)
  return sections
}
