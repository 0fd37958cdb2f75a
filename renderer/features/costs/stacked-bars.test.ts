import { describe, expect, it } from 'vitest'
import { axisMarks, labelEvery, stack } from './stacked-bars.ts'

const data = {
  from: '2026-11-01',
  until: '2026-11-03',
  buckets: [10, 20],
  series: [
    { key: 'a', label: 'a', nanoUsd: [3, 0] },
    { key: null, label: 'Others', nanoUsd: [2, 4] }
  ]
}

it('piles series up, and leaves out what is nothing', () => {
  expect(stack(data)).toEqual([
    {
      at: 10,
      total: 5,
      pieces: [
        { series: 0, from: 0, to: 3 },
        { series: 1, from: 3, to: 5 }
      ],
      expected: 0
    },
    { at: 20, total: 4, pieces: [{ series: 1, from: 0, to: 4 }], expected: 0 }
  ])
})

it('puts what is expected on the days it is expected of', () => {
  const columns = stack(data, [
    { start: 20, nanoUsd: 6 },
    { start: 30, nanoUsd: 9 }
  ])
  expect(columns.map(({ total, expected }) => [total, expected])).toEqual([
    [5, 0],
    [4, 6]
  ])
})

describe('axisMarks', () => {
  it.each([
    [2_260_000_000, [0, 1e9, 2e9, 3e9]],
    [4_000_000_000, [0, 1e9, 2e9, 3e9, 4e9]],
    [1_700_000, [0, 500_000, 1_000_000, 1_500_000, 2_000_000]],
    [0, [0]]
  ])('up to %i', (highest, marks) => {
    expect(axisMarks(highest)).toEqual(marks)
  })
})

it('labels so many columns that the labels do not touch', () => {
  expect(labelEvery(30, 960, 32)).toBe(1)
  expect(labelEvery(30, 480, 32)).toBe(2)
})
