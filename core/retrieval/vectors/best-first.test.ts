import { expect, test } from 'vitest'
import { bestFirst } from './best-first.ts'
import { seededRandom } from './vectors.test-support.ts'

test.each([0, 1, 2, 3, 100, 101])('gives each of %i positions once, from the highest score down', (count) => {
  const random = seededRandom(19)
  // few different scores, so that many are equal
  const scores = Float32Array.from({ length: count }, () => Math.floor(random() * 30) / 30)
  const positions = [...bestFirst(scores)]
  expect(positions.toSorted((a, b) => a - b)).toEqual([...scores.keys()])
  expect(positions.map((position) => scores[position])).toEqual([...scores].sort((a, b) => b - a))
})
