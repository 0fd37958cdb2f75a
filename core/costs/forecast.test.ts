import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextStart, startOf } from '../lib/calendar.ts'
import { bucketsOf } from './cost-period.ts'
import { type DaySpending, forecastMonth } from './forecast.ts'

const zone = process.env.TZ
beforeAll(() => {
  process.env.TZ = 'Europe/Zurich'
})
afterAll(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const USD = 1_000_000_000
const at = (day: string): number => new Date(`${day}T00:00:00`).getTime()
const isWeekend = (start: number): boolean => [0, 6].includes(new Date(start).getDay())

/** The spending of every day from one to before another. */
const daysOf = (
  from: string,
  until: string,
  spend: (start: number, index: number) => number
): DaySpending[] =>
  bucketsOf({ from: at(from), until: at(until) }, 'day').map((day, index) => ({
    start: day.from,
    nanoUsd: Math.round(spend(day.from, index))
  }))

/** The forecast on a day's morning, from all days before it. */
function forecastOn(today: string, days: readonly DaySpending[], nanoUsd = 0) {
  const month = startOf(at(today), 'month')
  const past = days.filter(({ start }) => start < at(today))
  const spent = past.filter(({ start }) => start >= month).reduce((sum, day) => sum + day.nanoUsd, nanoUsd)
  return forecastMonth(spent, { start: at(today), nanoUsd }, past)
}

const actual = (days: readonly DaySpending[], today: string): number => {
  const from = startOf(at(today), 'month')
  const until = nextStart(from, 'month')
  return days
    .filter(({ start }) => start >= from && start < until)
    .reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)
}

/** Numbers from 0 to 1 that are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
}

test('says nothing before every weekday was seen once, and why', () => {
  const days = daysOf('2026-11-01', '2026-11-07', () => USD)
  expect(forecastOn('2026-11-07', days)).toMatchObject({
    spentNanoUsd: 6 * USD,
    expectedNanoUsd: null,
    lowNanoUsd: null,
    highNanoUsd: null,
    days: [],
    basis: expect.stringContaining('6 so far')
  })
})

test('the same every day is what the month comes to, without a doubt', () => {
  const days = daysOf('2026-10-01', '2026-12-01', () => USD)
  expect(forecastOn('2026-11-11', days)).toMatchObject({
    monthStart: at('2026-11-01'),
    spentNanoUsd: 10 * USD,
    expectedNanoUsd: 30 * USD,
    lowNanoUsd: 30 * USD,
    highNanoUsd: 30 * USD
  })
})

test('a week of work and a free weekend are told apart, also in a month whose clocks change', () => {
  const days = daysOf('2026-08-31', '2026-11-01', (start) => (isWeekend(start) ? 0 : 2 * USD))
  expect(forecastOn('2026-10-09', days)).toMatchObject({ expectedNanoUsd: actual(days, '2026-10-09') })
})

test('on the first of a month it goes by the days before', () => {
  const days = daysOf('2026-09-01', '2026-11-01', () => 3 * USD)
  expect(forecastOn('2026-11-01', days)).toMatchObject({ spentNanoUsd: 0, expectedNanoUsd: 90 * USD })
})

test('what today has cost already is not expected again, and more than usual is kept', () => {
  const days = daysOf('2026-10-01', '2026-11-30', () => USD)
  expect(forecastOn('2026-11-30', days, USD / 4).expectedNanoUsd).toBe(30 * USD)
  expect(forecastOn('2026-11-30', days, 5 * USD).expectedNanoUsd).toBe(34 * USD)
})

test('says of each day left what it will add, which makes up what is missing', () => {
  const days = daysOf('2026-10-01', '2026-12-01', (start) => (isWeekend(start) ? 1 : 3) * USD)
  // a Friday, of which two dollars are spent
  const { days: left, spentNanoUsd, expectedNanoUsd } = forecastOn('2026-11-27', days, 2 * USD)
  expect(left).toEqual([
    { start: at('2026-11-27'), nanoUsd: USD },
    { start: at('2026-11-28'), nanoUsd: USD },
    { start: at('2026-11-29'), nanoUsd: USD },
    { start: at('2026-11-30'), nanoUsd: 3 * USD }
  ])
  expect(left.reduce((sum, { nanoUsd }) => sum + nanoUsd, spentNanoUsd)).toBe(expectedNanoUsd)
})

test('follows spending that grows', () => {
  const days = daysOf('2026-09-01', '2026-12-01', (_, index) => (1 + index / 30) * USD)
  const { expectedNanoUsd } = forecastOn('2026-11-15', days)
  const average = days.slice(0, 75).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) / 75
  const miss = Math.abs((expectedNanoUsd ?? 0) - actual(days, '2026-11-15'))
  expect(miss).toBeLessThan(Math.abs(average * 30 - actual(days, '2026-11-15')) / 2)
})

test('never expects the month to end below what was spent', () => {
  const random = randomNumbers(3)
  const days = daysOf('2026-09-01', '2026-12-01', () => (random() < 0.1 ? 50 * USD : 0))
  const { lowNanoUsd, spentNanoUsd } = forecastOn('2026-11-29', days)
  expect(lowNanoUsd).toBeGreaterThanOrEqual(spentNanoUsd)
})

describe('nine in ten months end in the band', () => {
  test.each(['2026-11-01', '2026-11-10', '2026-11-20', '2026-11-27'])('on %s', (today) => {
    const random = randomNumbers(11)
    const months = Array.from({ length: 400 }, () => {
      const noise = (): number => random() + random() + random() + random() - 2
      const days = daysOf(
        '2026-08-09',
        '2026-12-01',
        (start) => (isWeekend(start) ? 1 : 5) * USD + (noise() + 2) * USD
      )
      const { lowNanoUsd, highNanoUsd } = forecastOn(today, days)
      const end = actual(days, today)
      return end >= (lowNanoUsd ?? Number.NaN) && end <= (highNanoUsd ?? Number.NaN)
    })
    const share = months.filter(Boolean).length / months.length
    expect(share).toBeGreaterThan(0.85)
    expect(share).toBeLessThan(0.95)
  })
})
