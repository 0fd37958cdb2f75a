import { describe, expect, it } from 'vitest'
import { axisMarks, labelEvery, stack } from './stacked-bars.ts'

it('piles series up, and leaves out what is nothing', () => {
  const columns = stack({
    from: '2026-11-01',
    until: '2026-11-03',
    buckets: [10, 20],
    series: [
      { key: 'a', label: 'a', nanoUsd: [3, 0] },
      { key: null, label: 'Others', nanoUsd: [2, 4] }
    ]
  })
  expect(columns).toEqual([
    {
      at: 10,
      total: 5,
      pieces: [
        { series: 0, from: 0, to: 3 },
        { series: 1, from: 3, to: 5 }
      ]
    },
    { at: 20, total: 4, pieces: [{ series: 1, from: 0, to: 4 }] }
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
