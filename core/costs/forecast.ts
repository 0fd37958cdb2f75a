import type { Forecast } from '../contract/costs.ts'
import { nextStart, startOf, type TimeSpan } from '../lib/calendar.ts'
import { bucketsOf } from './cost-period.ts'

/** What was spent on one local day. */
export interface DaySpending {
  /** When it began. */
  start: number
  nanoUsd: number
}

/** How much a day counts in its weekday's average, against all weeks before it. */
const WEIGHT = 0.3
/** One of each weekday. */
const LEAST_DAYS = 7
/** Nine in ten of what is normally distributed lies within so many standard deviations of the middle. */
const BAND = 1.645

/** The weeks that the averages are made of. */
export const forecastHistory = (now: number): TimeSpan => {
  const today = startOf(now, 'day')
  return { from: new Date(today).setDate(new Date(today).getDate() - 84), until: today }
}

/**
 * What the month will come to: what was spent, and for each day that is left the exponentially weighted average of its
 * weekday. The band is that of a sum of independent days which miss their averages as past ones did, with the
 * uncertainty of the averages themselves. `days` are the whole days before today, oldest first, without gaps.
 */
export function forecastMonth(
  spentNanoUsd: number,
  today: DaySpending,
  days: readonly DaySpending[]
): Forecast {
  const monthStart = startOf(today.start, 'month')
  const base = { monthStart, spentNanoUsd }
  if (days.length < LEAST_DAYS)
    return {
      ...base,
      expectedNanoUsd: null,
      lowNanoUsd: null,
      highNanoUsd: null,
      days: [],
      basis: `A forecast needs ${LEAST_DAYS} whole days; there are ${days.length} so far.`
    }
  const { averages, variance } = weekdayAverages(days)
  const averageOf = (start: number): number => averages.get(new Date(start).getDay()) ?? 0
  const left = bucketsOf({ from: today.start, until: nextStart(monthStart, 'month') }, 'day').map(
    ({ from: start }): DaySpending => {
      const gone = start === today.start ? today.nanoUsd : 0
      return { start, nanoUsd: Math.round(Math.max(0, averageOf(start) - gone)) }
    }
  )
  const deviation = Math.sqrt(variance * spread(left.map(({ start }) => start)))
  const expected = left.reduce((sum, { nanoUsd }) => sum + nanoUsd, spentNanoUsd)
  return {
    ...base,
    expectedNanoUsd: expected,
    lowNanoUsd: Math.round(Math.max(spentNanoUsd, expected - BAND * deviation)),
    highNanoUsd: Math.round(expected + BAND * deviation),
    days: left,
    basis: `Spent so far, and what each weekday left came to in the last ${weeks(days.length)}, recent ones counting more.`
  }
}

/** Each weekday's average after its last day, and how far, squared, days were from what was expected of them before. */
function weekdayAverages(days: readonly DaySpending[]): { averages: Map<number, number>; variance: number } {
  const averages = new Map<number, number>()
  let squares = 0
  let misses = 0
  for (const { start, nanoUsd } of days) {
    const weekday = new Date(start).getDay()
    const before = averages.get(weekday)
    if (before !== undefined) {
      squares += (nanoUsd - before) ** 2
      misses++
    }
    averages.set(weekday, before === undefined ? nanoUsd : before + WEIGHT * (nanoUsd - before))
  }
  return { averages, variance: misses > 0 ? squares / misses : varianceOf(days) }
}

/** In the first week nothing was expected yet. */
function varianceOf(days: readonly DaySpending[]): number {
  const mean = days.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) / days.length
  return days.reduce((sum, { nanoUsd }) => sum + (nanoUsd - mean) ** 2, 0) / days.length
}

/**
 * How many days' variance the sum of these has. A miss of a one-step forecast holds the day's own variance v and that of
 * its average, v·w/(2 − w), together 2v/(2 − w); the average's is shared by all days of the same weekday.
 */
function spread(starts: readonly number[]): number {
  const ofWeekday = new Map<number, number>()
  for (const start of starts) {
    const weekday = new Date(start).getDay()
    ofWeekday.set(weekday, (ofWeekday.get(weekday) ?? 0) + 1)
  }
  const shared = [...ofWeekday.values()].reduce((sum, count) => sum + count ** 2, 0)
  return ((2 - WEIGHT) / 2) * starts.length + (WEIGHT / 2) * shared
}

const weeks = (days: number): string => {
  const count = Math.floor(days / 7)
  return count === 1 ? 'week' : `${count} weeks`
}
