/** A stretch of a text, from its start. */
export interface Stretch {
  start: number
  end: number
}

/** The words of the line that a message names (`line 3, aliases.best: …`); null where it names none that is there. */
export function findProblem(text: string, message: string): Stretch | null {
  const number = /\bline (\d+)/i.exec(message)?.[1]
  const lines = text.split('\n')
  const line = number === undefined ? undefined : lines[Number(number) - 1]
  if (line === undefined) return null
  const before = lines.slice(0, Number(number) - 1).reduce((sum, { length }) => sum + length + 1, 0)
  return { start: before + line.length - line.trimStart().length, end: before + line.trimEnd().length }
}
