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
  const fromMiddle = (vector: Float32Array): Float32Array => {
    const seen = vector.map((value, i) => value - (middle[i] ?? 0))
    const squares = dot(seen, seen)
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    return seen.map((value) => value * factor)
  }
  const passages = new Map<number, { vector: Float32Array; seen: Float32Array }>()
  const read = (ids: readonly number[]): void => {
    const unread = ids.filter((id) => !passages.has(id))
    for (const [index, vector] of vectors.vectors(unread).entries()) {
      const id = unread[index]
      if (vector && id !== undefined) passages.set(id, { vector, seen: fromMiddle(vector) })
    }
  }
  return {
    meaningOf(question) {
      const direction = fromMiddle(question)
      return {
        nearest: (limit, allowed) => vectors.search(direction, limit, allowed).map(({ id }) => id),
        scores(ids) {
          read(ids)
          const scores = new Map<number, MeaningScore>()
          for (const id of ids) {
            const known = passages.get(id)
            if (known)
              scores.set(id, { cosine: dot(question, known.vector), nearness: dot(direction, known.seen) })
          }
          return scores
        }
      }
    },
    likeness(id, other) {
      const [first, second] = [passages.get(id), passages.get(other)]
      return first && second ? dot(first.seen, second.seen) : 0
    }
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
