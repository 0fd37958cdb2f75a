import type { TextMatch } from './word-matcher.ts'

const MOST = 50

/** Where the words of a question stand in a text: characters from, until, in order. */
export function highlightsOf(
  text: string,
  words: readonly string[],
  find: (text: string) => TextMatch[]
): { highlights: [number, number][]; matchedWords: string[] } {
  const found = find(text)
  const matched = new Set(found.map(({ word }) => word))
  let until = 0
  const apart = found.filter(({ start, end }) => {
    if (start < until) return false
    until = end
    return true
  })
  return {
    highlights: apart.slice(0, MOST).map(({ start, end }) => [start, end]),
    matchedWords: words.filter((_, index) => matched.has(index))
  }
}
