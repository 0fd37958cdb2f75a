import { expect, test } from 'vitest'
import { keptSumsOf } from './kept-sums.ts'

const QUARTER = 900_000
const DAY = 96 * QUARTER
const start = Date.UTC(2026, 10, 1)

/** The quarters of an hour that they stand for, in order. */
const quartersIn = (from: number, until: number): number[] =>
  keptSumsOf({ from, until }).flatMap((sums) => {
    const each = sums.column === 'day' ? 96 : 1
    return Array.from({ length: (sums.until - sums.from) * each }, (_, index) => sums.from * each + index)
  })

test.each([
  ['a month of UTC', 0, 30 * DAY],
  ['a month east of it', -11 * 4 * QUARTER, 30 * DAY - 11 * 4 * QUARTER],
  ['a month with the clock set in it', 7 * 4 * QUARTER, 30 * DAY + 8 * 4 * QUARTER],
  ['a day off by three quarters of an hour', 3 * QUARTER, DAY + 3 * QUARTER],
  ['an hour', 5 * QUARTER, 9 * QUARTER],
  ['the hour around midnight', DAY - 2 * QUARTER, DAY + 2 * QUARTER],
  ['no time at all', DAY, DAY]
])('every quarter of %s is in one of the sums', (_, from, until) => {
  const first = (start + from) / QUARTER
  const wanted = Array.from({ length: (until - from) / QUARTER }, (_unused, index) => first + index)
  expect(quartersIn(start + from, start + until)).toEqual(wanted)
})

test('a month is read by the day but for its ends', () => {
  const sums = keptSumsOf({ from: start - 3_600_000, until: start + 30 * DAY - 3_600_000 })
  expect(sums.map(({ table, from, until }) => [table, until - from])).toEqual([
    ['ledger_sums', 4],
    ['ledger_day_sums', 29],
    ['ledger_sums', 92]
  ])
})
