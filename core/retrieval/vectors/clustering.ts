import { type Quantized, quantize } from './quantize.ts'

/** Vectors that one step looks at. */
const STEP_VECTORS = 256

/** Finds the middles of clusters, in steps of some milliseconds. */
export interface Clustering {
  /** Null while there is more to do. */
  step(): Quantized[] | null
}

/** What is clustered. */
export interface ClusteredVectors {
  readonly count: number
  /** Valid until the next call. */
  at(position: number): Quantized | undefined
}

export interface ClusteringOptions {
  clusters: number
  stride: number
  rounds: number
  /** Makes the middles of a round ready to be compared with. */
  hold(middles: readonly Quantized[]): {
    nearest(vector: Quantized): { position: number }
    release(): void
  }
}

/**
 * Spherical k-means (Dhillon and Modha, 2001): each vector goes to the middle with the highest cosine, each middle to the
 * mean of its vectors. Middles are rounded like all vectors, so that one kernel serves all comparisons.
 */
export function createClustering(vectors: ClusteredVectors, options: ClusteringOptions): Clustering {
  const { clusters, stride, rounds, hold } = options

  const at = (position: number): Quantized => {
    const vector = vectors.at(position)
    if (!vector) throw new Error('there is nothing to cluster')
    return vector
  }
  /** Evenly spread over the vectors, which are in the order in which documents came. */
  const spread = (position: number): Quantized => {
    const { codes, scale } = at(Math.floor((position * vectors.count) / clusters))
    return { codes: codes.slice(), scale }
  }
  let middles = Array.from({ length: clusters }, (_, position) => spread(position))
  let held = hold(middles)
  const sums = new Float32Array(clusters * stride)
  let next = 0
  let round = 0

  const assign = ({ codes, scale }: Quantized): void => {
    const start = held.nearest({ codes, scale }).position * stride
    for (let index = 0; index < stride; index++)
      sums[start + index] = (sums[start + index] ?? 0) + (codes[index] ?? 0) * scale
  }

  const moveMiddles = (): void => {
    middles = middles.map((_, position) => {
      const sum = sums.subarray(position * stride, (position + 1) * stride)
      // a cluster that lost all its vectors begins anew elsewhere
      return quantize(sum) ?? spread(position + round / (rounds + 1))
    })
    sums.fill(0)
  }

  return {
    step() {
      const end = Math.min(next + STEP_VECTORS, vectors.count)
      for (; next < end; next++) assign(at(next))
      if (next < vectors.count) return null
      next = 0
      round += 1
      held.release()
      moveMiddles()
      if (round === rounds) return middles
      held = hold(middles)
      return null
    }
  }
}
