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
}

/** The vectors of one index during one search. */
export interface MeaningSpace {
  meaningOf(question: Float32Array): Meaning
  /** Nearness of two passages that were scored; 0 where one has no vector. */
  likeness(id: number, other: number): number
}

/**
 * Compares directions as seen from the middle of all vectors rather than from zero. What all texts of an index share is
 * no sign of nearness, and weak embedders put most of a vector's length there (Mu and Viswanath 2018).
 */
export function meaningSpace(vectors: VectorReader): MeaningSpace {
  const count = vectors.count()
  const middle = vectors.center().map((value) => (value * count) / (count + FEW_VECTORS))
  const middleSquared = dot(middle, middle)
  const seen = (vector: Float32Array): Seen => {
    const along = dot(middle, vector)
    const squares = dot(vector, vector) - 2 * along + middleSquared
    return { vector, along, length: Math.sqrt(Math.max(0, squares)) }
  }
  const nearness = (a: Seen, b: Seen, product: number): number => {
    const lengths = a.length * b.length
    return lengths > 0 ? (product - a.along - b.along + middleSquared) / lengths : 0
  }
  const passages = new Map<number, Seen>()
  const read = (ids: readonly number[]): void => {
    const unread = ids.filter((id) => !passages.has(id))
    for (const [index, vector] of vectors.vectors(unread).entries()) {
      const id = unread[index]
      if (vector && id !== undefined) passages.set(id, seen(vector))
    }
  }
  return {
    meaningOf(direction) {
      const question = seen(direction)
      return {
        nearest: (limit, allowed) =>
          vectors
            .search(
              direction.map((value, i) => value - (middle[i] ?? 0)),
              limit,
              allowed
            )
            .map(({ id }) => id),
        scores(ids) {
          read(ids)
          const scores = new Map<number, MeaningScore>()
          for (const id of ids) {
            const passage = passages.get(id)
            if (!passage) continue
            const cosine = dot(direction, passage.vector)
            scores.set(id, { cosine, nearness: nearness(question, passage, cosine) })
          }
          return scores
        }
      }
    },
    likeness(id, other) {
      const [first, second] = [passages.get(id), passages.get(other)]
      return first && second ? nearness(first, second, dot(first.vector, second.vector)) : 0
    }
  }
}

/** A vector, and what is needed to compare it as seen from the middle. */
interface Seen {
  vector: Float32Array
  /** Its product with the middle. */
  along: number
  /** From the middle to it. */
  length: number
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
