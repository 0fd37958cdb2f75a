import { expect, test } from 'vitest'
import { holdCentroids } from './centroids.ts'
import { createClustering } from './clustering.ts'
import { type Quantized, quantize, strideOf } from './quantize.ts'
import { createScanMemory } from './scan-memory.ts'
import { clusteredVectors, dimensions, randomVector, seededRandom } from './vectors.test-support.ts'

const stride = strideOf(dimensions)
const random = seededRandom(29)

function clustered(vectors: readonly Quantized[], clusters: number): Quantized[] {
  const memory = createScanMemory(stride)
  const clustering = createClustering(
    { count: vectors.length, at: (position) => vectors[position] },
    { clusters, stride, rounds: 6, hold: (middles) => holdCentroids(memory, stride, middles) }
  )
  for (;;) {
    const middles = clustering.step()
    if (middles) return middles
  }
}

test('middles are nearer to their vectors than vectors chosen evenly', () => {
  const vectors = clusteredVectors(1200, random).flatMap((vector) => quantize(vector) ?? [])
  const nearness = (middles: readonly Quantized[]): number => {
    const held = holdCentroids(createScanMemory(stride), stride, middles)
    // a score is scaled by the middle's length, not by the query's
    return (
      vectors.reduce((sum, vector) => sum + held.nearest(vector).score * vector.scale, 0) / vectors.length
    )
  }
  const chosen = vectors.filter((_, position) => position % 100 === 0)
  expect(nearness(clustered(vectors, 12))).toBeGreaterThan(nearness(chosen) + 0.1)
})

test('as many middles are found where all vectors are the same', () => {
  const vector = quantize(randomVector(random)) ?? { codes: new Int8Array(stride), scale: 1 }
  expect(clustered(new Array<Quantized>(40).fill(vector), 7)).toHaveLength(7)
})
