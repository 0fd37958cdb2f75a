import type { Query } from './query.ts'

const MOST = 50

/** Where the words of a question stand in a text, also with other endings: characters from, until, in order. */
export function highlightsOf(
  text: string,
  { words, phrases }: Pick<Query, 'words' | 'phrases'>
): { highlights: [number, number][]; matchedWords: string[] } {
  const stems = new Map(
    [...words, ...phrases.flatMap((phrase) => phrase.split(/\s+/))].map((word) => [stemOf(word), word])
  )
  const highlights: [number, number][] = []
  const matched = new Set<string>()
  for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = stems.get(stemOf(found[0]))
    if (word === undefined) continue
    matched.add(word)
    if (highlights.length < MOST) highlights.push([found.index, found.index + found[0].length])
  }
  return { highlights, matchedWords: [...matched] }
}

/** About what the full text takes for the same word: without case, accents and English endings. */
function stemOf(word: string): string {
  const plain = word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  if (plain.length < 4) return plain
  return plain.replace(/(ational|ations|ation|ingly|edly|ings|ing|ied|ies|ed|es|ly|s|e|y)$/, '').slice(0, 20)
}
