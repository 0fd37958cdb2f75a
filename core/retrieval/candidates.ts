import type { ChunkSearchRepository } from './chunk-search-repository.ts'
import type { Candidate } from './fusion.ts'
import type { Meaning } from './meaning-score.ts'
import { matchOf, type Query } from './query.ts'
import { wordScore } from './word-score.ts'

/** So many are taken from each side before they are ranked together. */
const BY_WORDS = 200
const BY_MEANING = 100
/** A filter that full text does not know lets only some of them through. */
const FILTERED_FACTOR = 10

export interface CandidateSources {
  chunks: ChunkSearchRepository
  /** Null where the question or the index has no vectors. */
  meaning: Meaning | null
  allowed: ReadonlySet<number> | undefined
  typing: boolean
}

/** Passages that words or meaning bring near a question, each with both scores. In no order. */
export function candidatesFor(
  query: Pick<Query, 'words' | 'phrases'>,
  sources: CandidateSources
): Candidate[] {
  const { chunks, meaning, allowed, typing } = sources
  const match = matchOf(query, typing)
  const limit = allowed ? BY_WORDS * FILTERED_FACTOR : BY_WORDS
  const matches = match === null ? [] : chunks.matching(match, limit)
  const byWords = new Map(
    matches.filter(({ id }) => !allowed || allowed.has(id)).map((found) => [found.id, wordScore(found)])
  )
  const best = [...byWords.keys()].slice(0, BY_WORDS)
  // quoted words must be there: what is only near in meaning does not count
  const near = query.phrases.length > 0 ? [] : (meaning?.nearest(BY_MEANING, allowed) ?? [])
  const ids = [...new Set([...best, ...near])]
  if (match !== null && matches.length === limit)
    for (const found of chunks.scoresOf(
      match,
      ids.filter((id) => !byWords.has(id))
    ))
      byWords.set(found.id, wordScore(found))
  const scores = meaning?.scores(ids)
  return ids.map((id) => ({
    id,
    bm25: byWords.get(id) ?? null,
    cosine: scores?.get(id)?.cosine ?? null,
    nearness: scores?.get(id)?.nearness ?? null
  }))
}
