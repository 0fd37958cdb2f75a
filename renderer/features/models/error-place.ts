/** Where in a text a line stands, as the ends of a selection. Lines count from one; null for a line it has not. */
export function lineRange(text: string, line: number): { start: number; end: number } | null {
  const lines = text.split('\n')
  const wanted = lines[line - 1]
  if (wanted === undefined) return null
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0)
  return { start, end: start + wanted.length }
}

/** The line an error message names (`line 12`), or null. */
export function namedLine(message: string): number | null {
  const found = /\bline (\d+)/i.exec(message)?.[1]
  return found === undefined ? null : Number(found)
}
