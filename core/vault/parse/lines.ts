/** Where the line that `at` stands in ends: at its line feed, or at the text's end. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** The place of a mark between two places; -1 where it is not. */
export function placeOf(text: string, mark: string, from: number, end: number): number {
  const found = text.slice(from, end).indexOf(mark)
  return found === -1 ? -1 : from + found
}

/** Where the line that `at` stands in starts, or `farthest` characters before it. */
export const lineStart = (text: string, at: number, farthest: number): number => {
  const from = Math.max(0, at - farthest)
  return from + text.slice(from, at).lastIndexOf('\n') + 1
}

/** The first character from `at` that is neither space nor tab; at most `end`. */
export function skipSpaces(text: string, at: number, end: number): number {
  let i = at
  while (i < end && isSpace(text.charCodeAt(i))) i += 1
  return i
}

/** The end without the spaces before it. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let i = end
  while (i > start && isBlank(text.charCodeAt(i - 1))) i -= 1
  return i
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 13
const isBlank = (code: number): boolean => isSpace(code) || code === 10
