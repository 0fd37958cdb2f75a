/** What is known of one candidate before it is ranked. */
export interface Candidate {
  id: number
  /** Null where no word matches. */
  bm25: number | null
  /** With the question; null where one of both has no vector. */
  cosine: number | null
}

export interface Fused extends Candidate {
  words: number
  meaning: number
  score: number
}

/**
 * Adds nearness of words and of meaning: `bm25 / max + w * (cosine - mean) / (max - mean)`. Measured on several sets this
 * beats ranks (reciprocal rank fusion), which hurt where vectors are weak. Best first.
 *
 * @param mean of the question's cosine over all vectors
 * @param weight of meaning beside words
 */
export function fuse(candidates: readonly Candidate[], mean: number, weight: number): Fused[] {
  const bestWords = Math.max(0, ...candidates.map(({ bm25 }) => bm25 ?? 0))
  const nearest = Math.max(mean, ...candidates.map(({ cosine }) => cosine ?? mean))
  return candidates
    .map((candidate) => {
      const words = bestWords > 0 ? (candidate.bm25 ?? 0) / bestWords : 0
      const nearness =
        candidate.cosine === null || nearest === mean ? 0 : (candidate.cosine - mean) / (nearest - mean)
      const meaning = weight * Math.max(0, nearness)
      return { ...candidate, words, meaning, score: words + meaning }
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
}
