import { holdCentroids } from './centroids.ts'
import { type Quantized, quantize } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'

const ROUNDS = 8

/** Vectors that one step looks at. */
const STEP_VECTORS = 256

/** Finds the middles of clusters, in steps of some milliseconds. */
export interface Clustering {
  /** Null while there is more to do. */
  step(): Quantized[] | null
}

/**
 * Spherical k-means (Dhillon and Modha, 2001): each vector goes to the middle with the highest cosine, each middle to the
 * mean of its vectors. Middles are rounded like all vectors, so that one kernel serves all comparisons.
 */
export function createClustering(
  sample: readonly Quantized[],
  { clusters, stride, memory }: { clusters: number; stride: number; memory: ScanMemory }
): Clustering {
  /** Evenly spread over the sample, which is in the order in which documents came. */
  const spread = (position: number, of: number): Quantized => {
    const chosen = sample[Math.floor((position * sample.length) / of)]
    if (!chosen) throw new Error('there is nothing to cluster')
    return chosen
  }
  let middles = Array.from({ length: clusters }, (_, position) => spread(position, clusters))
  let centroids = holdCentroids(memory, stride, middles)
  let sums = new Float32Array(clusters * stride)
  let next = 0
  let round = 0

  const assign = ({ codes, scale }: Quantized): void => {
    const start = centroids.nearest({ codes, scale }) * stride
    for (let index = 0; index < stride; index++)
      sums[start + index] = (sums[start + index] ?? 0) + (codes[index] ?? 0) * scale
  }

  const moveMiddles = (): void => {
    middles = middles.map((_, position) => {
      const sum = sums.subarray(position * stride, (position + 1) * stride)
      // a cluster that lost all its vectors begins anew elsewhere
      return quantize(sum) ?? spread(position + round / ROUNDS, clusters)
    })
    centroids.release()
    centroids = holdCentroids(memory, stride, middles)
    sums = new Float32Array(clusters * stride)
  }

  return {
    step() {
      for (const vector of sample.slice(next, next + STEP_VECTORS)) assign(vector)
      next += STEP_VECTORS
      if (next < sample.length) return null
      next = 0
      round += 1
      moveMiddles()
      if (round < ROUNDS) return null
      centroids.release()
      return middles
    }
  }
}
