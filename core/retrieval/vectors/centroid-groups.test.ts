import { expect, test } from 'vitest'
import { groupCentroids } from './centroid-groups.ts'
import { holdCentroids } from './centroids.ts'
import { quantize, strideOf } from './quantize.ts'
import { createScanMemory } from './scan-memory.ts'
import { clusteredVectors, dimensions, seededRandom } from './vectors.test-support.ts'

const stride = strideOf(dimensions)
const random = seededRandom(23)
const rounded = (count: number) => clusteredVectors(count, random).flatMap((vector) => quantize(vector) ?? [])
const middles = rounded(1500)
const vectors = rounded(400)

test('the nearest middle, or mostly one hardly farther, is found without a look at all of them', () => {
  const memory = createScanMemory(stride)
  const all = holdCentroids(memory, stride, middles)
  const groups = groupCentroids(memory, stride, middles)
  const shares = vectors.map((vector) => {
    const scores = all.scores(vector)
    return (scores[groups.nearest(vector).position] ?? 0) / all.nearest(vector).score
  })
  expect(shares.filter((share) => share === 1).length / shares.length).toBeGreaterThan(0.85)
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.98)
})

test('every middle is in one group, and the nearest of that group is the nearest found', () => {
  const groups = groupCentroids(createScanMemory(stride), stride, middles)
  expect(groups.members.flat().sort((a, b) => a - b)).toEqual([...middles.keys()])
  for (const vector of vectors) {
    const { position, group } = groups.nearest(vector)
    expect(groups.members[group]).toContain(position)
    expect(groups.nearestIn(group, vector)).toBe(position)
  }
})

test('the same middles have the same groups the next time', () => {
  const [first, second] = [1, 2].map(() => groupCentroids(createScanMemory(stride), stride, middles).members)
  expect(first).toEqual(second)
})
