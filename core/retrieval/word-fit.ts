import type { ChunkRow } from './chunk-search-repository.ts'
import { isStopWord } from './stop-words.ts'
import type { TextMatch } from './word-matcher.ts'

/** Each is what a perfect fit adds to a score whose words give at most 1. Measured in docs/retrieval.md. */
const NAMES = 0.3
const MOST_NAMES = 2
const SHARE = 0.2
const NEXT_TO_EACH_OTHER = 0.1
const MOST_PAIRS = 2

/**
 * What BM25 does not see. To it a word that every other passage has says nothing, though a question that names somebody
 * means them; and it does not care how many of the words stand there, or whether they stand next to each other.
 */
export function wordFit(
  question: { text: string; words: readonly string[] },
  row: Pick<ChunkRow, 'title' | 'headings' | 'searchText' | 'facts'>,
  find: (text: string) => TextMatch[]
): { gain: number; share: number } {
  const text = [row.title, ...row.headings, row.searchText, row.facts].join('\n')
  const found = find(text)
  const there = new Set(found.map(({ word }) => word))
  const names = namesIn(question)
  const namesThere = names.filter((name) => there.has(name)).length
  const pairs = new Set<number>()
  for (const [index, { word, start }] of found.entries()) {
    const before = found[index - 1]
    if (before && word === before.word + 1 && isGap(text.slice(before.end, start))) pairs.add(word)
  }
  const share = there.size / Math.max(1, question.words.length)
  const named = names.length === 0 ? 0 : Math.min(namesThere, MOST_NAMES) / Math.min(names.length, MOST_NAMES)
  const gain = NAMES * named + SHARE * share + NEXT_TO_EACH_OTHER * Math.min(pairs.size, MOST_PAIRS)
  return { gain, share }
}

/** Words that are written as names, and not because a sentence begins with them. */
function namesIn({ text, words }: { text: string; words: readonly string[] }): number[] {
  return [...words.keys()].filter((index) => {
    const word = words[index] ?? ''
    return /^\p{Lu}/u.test(word) && !text.startsWith(word) && !isStopWord(word)
  })
}

const isGap = (between: string): boolean => between.length < 4 && !/[\p{L}\p{N}\n]/u.test(between)
