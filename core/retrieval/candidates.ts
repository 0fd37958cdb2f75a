import type { ChunkSearchRepository } from './chunk-search-repository.ts'
import type { Candidate } from './fusion.ts'
import type { Meaning } from './meaning-score.ts'
import { matchOf, phraseMatch, type Query } from './query.ts'
import { wordScore } from './word-score.ts'

/** So many are taken from each side before they are ranked together. */
const BY_WORDS = 200
const BY_MEANING = 100
/** Chunks that words may match together: a common word beside rarer ones costs much and tells little. */
const MOST_MATCHES = 2500
const FEWEST_WORDS = 2
/** A filter that full text does not know lets only some of them through. */
const FILTERED_FACTOR = 10

export interface CandidateSources {
  chunks: ChunkSearchRepository
  /** Null where the question or the index has no vectors. */
  meaning: Meaning | null
  allowed: ReadonlySet<number> | undefined
  typing: boolean
}

const nothing = { bm25: null, cosine: null, nearness: null }

/**
 * Passages that words or meaning bring near a question, each with both scores. In no order. Without a
 * word to look for, the newest that a filter leaves.
 */
export function candidatesFor(
  query: Pick<Query, 'words' | 'phrases'>,
  sources: CandidateSources
): Candidate[] {
  const { chunks, meaning, allowed, typing } = sources
  if (query.words.length === 0)
    return chunks.newest(allowed ?? new Set(), BY_MEANING).map((id) => ({ id, ...nothing }))
  // the last word may be half written, and stands for many then
  const last = typing ? query.words.slice(-1) : []
  const { kept, common } = tellingWords(query.words.slice(0, query.words.length - last.length), chunks)
  const words = [...kept, ...last]
  const phrases = query.phrases.filter((phrase) => chunks.matching(phraseMatch(phrase), 1).length > 0)
  const match = matchOf({ words, phrases }, typing, common)
  const limit = allowed ? BY_WORDS * FILTERED_FACTOR : BY_WORDS
  const found = match === null ? [] : chunks.matching(match, limit)
  const matches = found.filter(({ id }) => !allowed || allowed.has(id))
  const best = matches.slice(0, BY_WORDS).map(({ id }) => id)
  // quoted words must be there: what is only near in meaning does not count
  const near = phrases.length > 0 ? [] : (meaning?.nearest(BY_MEANING, allowed) ?? [])
  const ids = [...new Set([...best, ...near])]
  const byWords = new Map(matches.map((one) => [one.id, wordScore(one)]))
  // what is only near may have some of the words, and what was found may have common ones in its text too
  const unscored = common.size > 0 ? ids : found.length === limit ? ids.filter((id) => !byWords.has(id)) : []
  const wholeMatch = unscored.length > 0 ? matchOf({ words, phrases }, typing) : null
  if (wholeMatch !== null)
    for (const one of chunks.scoresOf(wholeMatch, unscored)) byWords.set(one.id, wordScore(one))
  const scores = meaning?.scores(ids)
  return ids.map((id) => ({
    id,
    bm25: byWords.get(id) ?? null,
    cosine: scores?.get(id)?.cosine ?? null,
    nearness: scores?.get(id)?.nearness ?? null
  }))
}

/**
 * The question's words without those that match too many chunks beside rarer ones, in its order. `common`: such ones that
 * are kept all the same, for there are few others. Chunks that are called by them are found, and of others they count.
 */
function tellingWords(
  words: readonly string[],
  chunks: ChunkSearchRepository
): { kept: string[]; common: ReadonlySet<string> } {
  const frequencies = chunks.frequencies(words)
  const rarest = words
    .map((word, index) => ({ word, frequency: frequencies[index] ?? 0 }))
    .sort((a, b) => a.frequency - b.frequency)
  let matches = 0
  const kept = new Set<string>()
  const common = new Set<string>()
  for (const { word, frequency } of rarest) {
    matches += frequency
    if (matches > MOST_MATCHES && kept.size >= FEWEST_WORDS) break
    if (matches > MOST_MATCHES && kept.size > 0) common.add(word)
    kept.add(word)
  }
  return { kept: words.filter((word) => kept.has(word)), common }
}
