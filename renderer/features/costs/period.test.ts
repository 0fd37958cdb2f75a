import { describe, expect, it } from 'vitest'
import { periodLabel, periodOf, startOfDay } from './period.ts'

const now = new Date(2026, 0, 31, 23, 30)

describe('periodOf', () => {
  it.each([
    ['month', '2026-01-01', '2026-02-01', 'day'],
    ['last-month', '2025-12-01', '2026-01-01', 'day'],
    ['week', '2026-01-25', '2026-02-01', 'day'],
    ['day', '2026-01-31', '2026-02-01', 'hour'],
    ['year', '2025-02-01', '2026-02-01', 'month']
  ] as const)('%s on the last day of January runs from %s until before %s', (name, from, until, bucket) => {
    expect(periodOf(name, now)).toEqual({ from, until, bucket })
  })
})

it('names months by their names, also across a year', () => {
  expect(periodLabel('month', now)).toBe('January')
  expect(periodLabel('last-month', now)).toBe('December')
})

it('takes a day for the local one', () => {
  expect(startOfDay('2026-03-09')).toBe(new Date(2026, 2, 9).getTime())
})
