import { expect, test } from 'vitest'
import { diverse } from './diversity.ts'
import { fuse } from './fusion.ts'
import { wordScore } from './word-score.ts'

const candidate = (id: number, bm25: number | null, nearness: number | null) => ({
  id,
  bm25,
  cosine: nearness,
  nearness
})

test('words and meaning add up, the best of each counting 1 and the weight', () => {
  const [first, second] = fuse([candidate(1, 5, 0.4), candidate(2, 10, 0.2)], 0.5, 100)
  expect(first).toMatchObject({ id: 2, words: 1, meaning: 0.25, score: 1.25 })
  expect(second).toMatchObject({ id: 1, words: 0.5, meaning: 0.5, score: 1 })
})

test('words count little where no passage matches well', () => {
  expect(fuse([candidate(1, 0.4, null)], 0.5, 600)[0]?.words).toBeCloseTo(0.1, 1)
})

test('what is further than the average takes nothing away', () => {
  expect(fuse([candidate(1, 10, -0.3)], 0.5, 100)[0]).toMatchObject({ meaning: 0, score: 1 })
})

test('a long passage is held back less than by the full text', () => {
  const ofLength = (length: number): number => wordScore({ id: 1, score: 1, length })
  expect(ofLength(4)).toBeGreaterThan(ofLength(1))
})

test('passages of other notes come before the fourth of one', () => {
  const of = (id: number, documentId: number, score: number) => ({ id, documentId, score })
  const ranked = [of(1, 1, 1), of(2, 1, 0.98), of(3, 1, 0.96), of(4, 1, 0.94), of(5, 2, 0.8)]
  const picked = diverse(ranked, 5, () => 0)
  expect(picked.map(({ item }) => item.id)).toEqual([1, 2, 5, 3, 4])
  const scores = picked.map(({ item, taken }) => item.score - taken)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})

test('of two that say the same, the second steps back', () => {
  const ranked = [1, 2, 3].map((id) => ({ id, documentId: id, score: 1 - id / 20 }))
  const twins = (id: number, other: number): number => (id + other === 3 ? 1 : 0)
  expect(diverse(ranked, 3, twins).map(({ item }) => item.id)).toEqual([1, 3, 2])
})
