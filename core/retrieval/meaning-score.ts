import type { VectorReader } from './vectors/vector-store.ts'

/** With fewer vectors their mean says more of single ones than of what all have in common. */
const FEW_VECTORS = 50

export interface MeaningScore {
  cosine: number
  nearness: number
}

/** Nearness in meaning to one question. */
export interface Meaning {
  nearest(limit: number, allowed: ReadonlySet<number> | undefined): number[]
  /** Of those that have a vector. */
  scores(ids: readonly number[]): Map<number, MeaningScore>
}

/**
 * Compares directions as seen from the middle of all vectors rather than from zero. What all texts of an index share is
 * no sign of nearness, and weak embedders put most of a vector's length there (Mu and Viswanath 2018).
 */
export function meaningOf(vectors: VectorReader, question: Float32Array): Meaning {
  const count = vectors.count()
  const middle = vectors.center().map((value) => (value * count) / (count + FEW_VECTORS))
  const direction = question.map((value, i) => value - (middle[i] ?? 0))
  const length = Math.hypot(...direction)
  return {
    nearest: (limit, allowed) => vectors.search(direction, limit, allowed).map(({ id }) => id),
    scores(ids) {
      const scores = new Map<number, MeaningScore>()
      for (const [index, vector] of vectors.vectors(ids).entries()) {
        const id = ids[index]
        if (vector && id !== undefined) scores.set(id, compare(vector))
      }
      return scores
    }
  }

  function compare(vector: Float32Array): MeaningScore {
    let cosine = 0
    let product = 0
    let squares = 0
    for (let i = 0; i < vector.length; i += 1) {
      const value = vector[i] ?? 0
      const moved = value - (middle[i] ?? 0)
      cosine += value * (question[i] ?? 0)
      product += moved * (direction[i] ?? 0)
      squares += moved * moved
    }
    const lengths = length * Math.sqrt(squares)
    return { cosine, nearness: lengths > 0 ? product / lengths : 0 }
  }
}
