/** What is known of one candidate before it is ranked. */
export interface Candidate {
  id: number
  /** Null where no word matches. */
  bm25: number | null
  /** With the question; null where one of both has no vector. */
  cosine: number | null
  /** The same, both seen from the middle of all vectors. */
  nearness: number | null
}

export interface Fused extends Candidate {
  words: number
  meaning: number
  score: number
}

/** Of what the rarest word gives. Where nothing matches better than that, words say little. */
const WEAK = 0.6

/**
 * Adds nearness of words and of meaning: `bm25 / max + w * nearness / max`. Measured on several sets this beats ranks
 * (reciprocal rank fusion), which hurt where vectors are weak. Best first.
 *
 * @param weight of meaning beside words
 * @param count of all passages there are
 */
export function fuse(candidates: readonly Candidate[], weight: number, count: number): Fused[] {
  const bestWords = Math.max(WEAK * Math.log1p(count), largest(candidates.map(({ bm25 }) => bm25)))
  const nearest = largest(candidates.map(({ nearness }) => nearness))
  return candidates
    .map((candidate) => {
      const words = (candidate.bm25 ?? 0) / bestWords
      const meaning = nearest > 0 ? (weight * Math.max(0, candidate.nearness ?? 0)) / nearest : 0
      return { ...candidate, words, meaning, score: words + meaning }
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
}

const largest = (numbers: readonly (number | null)[]): number =>
  numbers.reduce<number>((most, number) => Math.max(most, number ?? 0), 0)
