/** Ids that a search may return. A `Set<number>` is one. */
export interface AllowedIds extends Iterable<number> {
  has(id: number): boolean
  readonly size: number
}

export interface VectorHit {
  id: number
  /** Cosine with the query, -1 to 1. */
  score: number
}

/** Vectors under integer ids, as they stand in the database at the moment of each call. */
export interface VectorReader {
  readonly dimensions: number
  /**
   * Best first by cosine; at most `k`, which is at most 1000. `allowed`: only these ids. In sets of more than about 50,000
   * vectors a few of the best may be missing, unless at most 1,000 are allowed.
   */
  search(query: Float32Array, k: number, allowed?: AllowedIds): VectorHit[]
  /** Cosine of the query with each of these; null where there is no vector. */
  scores(query: Float32Array, ids: readonly number[]): (number | null)[]
  /** These vectors at length 1; null where there is none. */
  vectors(ids: readonly number[]): (Float32Array | null)[]
  count(): number
  /** Mean cosine of the query over all vectors; 0 where there are none. */
  mean(query: Float32Array): number
  /** Mean of all vectors; zeros where there are none. */
  center(): Float32Array
}

/**
 * The vectors of one embedder in one index database. Synchronous, on one open connection: whoever opened that decides
 * about threads. Every change is one transaction, or part of the caller's where one is open.
 */
export interface VectorStore extends VectorReader {
  /**
   * Replaces those that are there. Vectors need not be of length 1. A vector of zeros points nowhere and is as good as
   * none: it takes away what was there. Throws `bad-request` for another dimension and for numbers that are not finite.
   */
  put(rows: readonly { id: number; vector: Float32Array }[]): void
  /** Ids without a vector are passed over. */
  remove(ids: readonly number[]): void
  /**
   * Sorts what has come in since, so that large sets stay fast to search; for idle moments of whoever writes. Works for
   * about `budgetMs` milliseconds, in steps that each leave a whole index behind, and says whether there is more to do.
   */
  maintain(budgetMs: number): boolean
}
