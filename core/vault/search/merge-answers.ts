import type { FoundChunk, IndexSearchAnswer } from '../../retrieval/knowledge-index.ts'

/** What one index answered, of a source. */
export interface SourceAnswer<Source> {
  source: Source
  answer: IndexSearchAnswer
}

export type FoundIn<Source> = FoundChunk & { source: Source }

/**
 * Puts the hits of several indexes in one order. Each index scores words against its own best hit, so what is poor in one
 * may have as many points as what is good in another: all are scored against the best of all.
 */
export function mergeAnswers<Source>(answers: readonly SourceAnswer<Source>[]): FoundIn<Source>[] {
  const bests = answers.map(({ answer }) => bestWords(answer))
  const best = Math.max(0, ...bests)
  return answers
    .flatMap(({ source, answer }, index) => {
      const share = best > 0 ? (bests[index] ?? best) / best : 1
      return answer.hits.map((hit) => ({ source, ...weighed(hit, share) }))
    })
    .toSorted((left, right) => right.score - left.score)
}

/** The raw score that counts as one whole in an index; told by any of its hits. */
function bestWords({ hits }: IndexSearchAnswer): number {
  for (const { why } of hits) if (why.bm25 !== null && why.words > 0) return Math.abs(why.bm25) / why.words
  return 0
}

function weighed(hit: FoundChunk, share: number): FoundChunk {
  if (share === 1 || share === 0) return hit
  const words = hit.why.words * share
  return { ...hit, score: hit.score - hit.why.words + words, why: { ...hit.why, words } }
}
