import type { VectorReader } from './vectors/vector-store.ts'

/** With fewer vectors their mean says more of single ones than of what all have in common. */
const FEW_VECTORS = 20

export interface MeaningScore {
  cosine: number
  nearness: number
}

/** Nearness in meaning to one question. */
export interface Meaning {
  nearest(limit: number, allowed: ReadonlySet<number> | undefined): number[]
  /** Of those that have a vector. */
  scores(ids: readonly number[]): Map<number, MeaningScore>
  /** Nearness of two passages that were scored; 0 where one has no vector. */
  likeness(id: number, other: number): number
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
  /** From the middle, of length 1. */
  const moved = new Map<number, Float32Array>()

  const score = (id: number, vector: Float32Array): MeaningScore => {
    const seen = vector.map((value, i) => value - (middle[i] ?? 0))
    const squares = dot(seen, seen)
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let i = 0; i < seen.length; i += 1) seen[i] = (seen[i] ?? 0) * factor
    moved.set(id, seen)
    return { cosine: dot(question, vector), nearness: length > 0 ? dot(direction, seen) / length : 0 }
  }

  return {
    nearest: (limit, allowed) => vectors.search(direction, limit, allowed).map(({ id }) => id),
    scores(ids) {
      const scores = new Map<number, MeaningScore>()
      for (const [index, vector] of vectors.vectors(ids).entries()) {
        const id = ids[index]
        if (vector && id !== undefined) scores.set(id, score(id, vector))
      }
      return scores
    },
    likeness(id, other) {
      const [first, second] = [moved.get(id), moved.get(other)]
      return first && second ? dot(first, second) : 0
    }
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
