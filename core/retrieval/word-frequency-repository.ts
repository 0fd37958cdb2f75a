import type { Connection } from '../store/connection.ts'

const MOST_WORDS = 5000
/** What was counted holds until there are so many times as many chunks, or as few. */
const GROWTH = 1.25

export interface WordFrequencyRepository {
  /** How many of so many chunks have each word, about: counting reads all of them. */
  frequencies(words: readonly string[], chunks: number): number[]
}

export function wordFrequencyRepository(connection: Connection): WordFrequencyRepository {
  const counted = connection
    .prepare<[string], number>('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?')
    .pluck()
  const known = new Map<string, number>()
  /** How many chunks there were about when the known words were counted. */
  let chunksThen = 0

  const frequency = (word: string): number => {
    const count = known.get(word) ?? counted.get(`"${word}"`) ?? 0
    known.set(word, count)
    return count
  }

  return {
    frequencies(words, chunks) {
      if (chunks > chunksThen * GROWTH || chunks * GROWTH < chunksThen || known.size >= MOST_WORDS) {
        known.clear()
        chunksThen = chunks
      }
      return words.map(frequency)
    }
  }
}
