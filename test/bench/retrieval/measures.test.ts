import { expect, test } from 'vitest'
import { hitsOf, recallOf, worstFirst } from './measures.ts'

const outcome = (places: number[], evidence = 1, category = '1') => ({ category, places, evidence })

test('recall is the share of the evidence among the first hits, averaged over questions', () => {
  expect(recallOf([outcome([1, 7], 2), outcome([15], 4)])).toEqual({
    questions: 2,
    r5: 25,
    r10: 50,
    r20: 62.5,
    mrr: 53.3
  })
})

test('a question is hit by its first answer, however many there are', () => {
  expect(hitsOf([outcome([1, 2], 2), outcome([5], 3), outcome([], 1), outcome([10])])).toEqual({
    hit1: 25,
    hit5: 50,
    hit10: 75,
    mrr: 32.5
  })
})

test('no questions are no hits', () => {
  expect(recallOf([])).toEqual({ questions: 0, r5: 0, r10: 0, r20: 0, mrr: 0 })
})

test('the worst has the least of its evidence, and that furthest down', () => {
  const all = [outcome([2]), outcome([12]), outcome([]), outcome([1, 30], 2)]
  expect(all.toSorted(worstFirst(10)).map(({ places }) => places)).toEqual([[], [12], [1, 30], [2]])
})
