import type { SearchHit } from '../../contract/knowledge.ts'

/** Best first. `index` is the document's place in what was asked; scores are from 0 to 1. */
export type Rerank = (asked: {
  /** `provider/model`. */
  model: string
  query: string
  documents: readonly string[]
  signal: AbortSignal
}) => Promise<readonly { index: number; score: number }[]>

/** So many are read again where they are to be put in another order. */
export const RERANKED_HITS = 30

/**
 * Puts hits into the order of a reranker, whose score is theirs from then on; what they were found by stays as raw numbers.
 * Those that it says nothing of are left out. Rejects as `rerank` does.
 */
export async function rerankHits(
  hits: readonly SearchHit[],
  { model, text, limit }: { model: string; text: string; limit: number },
  rerank: Rerank,
  signal: AbortSignal
): Promise<SearchHit[]> {
  if (hits.length === 0) return []
  const documents = hits.map(({ title, headings, text: passage }) =>
    [[title, ...headings].join(' › '), passage].join('\n')
  )
  const results = await rerank({ model, query: text, documents, signal })
  return results
    .flatMap(({ index, score }) => {
      const hit = hits[index]
      return hit ? [{ ...hit, score, why: { ...hit.why, ...silent, reranker: score } }] : []
    })
    .toSorted((left, right) => right.score - left.score)
    .slice(0, limit)
}

const silent = { words: 0, meaning: 0, links: 0, recency: 0, diversity: 0 }
