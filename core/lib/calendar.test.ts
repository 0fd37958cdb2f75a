import { afterEach, expect, test } from 'vitest'
import { type CalendarUnit, nextStart, startOf } from './calendar.ts'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const HOUR = 3_600_000
const periodOf = (unit: CalendarUnit, time: number) => ({
  start: startOf(time, unit),
  end: nextStart(time, unit)
})
const lengthOf = (kind: 'day' | 'week' | 'month', date: string): number => {
  const { start, end } = periodOf(kind, new Date(date).getTime())
  return (end - start) / HOUR
}

test('a day begins and ends at local midnight, also on the days the clock is set', () => {
  process.env.TZ = 'Europe/Zurich'
  expect(periodOf('day', Date.parse('2026-03-29T21:59:59Z'))).toEqual({
    start: Date.parse('2026-03-28T23:00:00Z'),
    end: Date.parse('2026-03-29T22:00:00Z')
  })
  expect(lengthOf('day', '2026-03-29T12:00:00')).toBe(23)
  expect(lengthOf('day', '2026-10-25T12:00:00')).toBe(25)
  expect(lengthOf('day', '2026-10-26T00:00:00')).toBe(24)
})

test('a day begins at its first moment where midnight is left out', () => {
  process.env.TZ = 'America/Santiago'
  expect(periodOf('day', Date.parse('2026-09-06T12:00:00Z'))).toEqual({
    start: Date.parse('2026-09-06T04:00:00Z'),
    end: Date.parse('2026-09-07T03:00:00Z')
  })
})

test('a week begins on Monday, also when its Sunday is asked for and when it spans two years', () => {
  process.env.TZ = 'America/New_York'
  const of = (date: string) => new Date(periodOf('week', new Date(date).getTime()).start).toDateString()
  expect(of('2026-11-22T23:59:59')).toBe('Mon Nov 16 2026')
  expect(of('2026-11-23T00:00:00')).toBe('Mon Nov 23 2026')
  expect(of('2027-01-01T08:00:00')).toBe('Mon Dec 28 2026')
  expect(lengthOf('week', '2026-11-01T08:00:00')).toBe(7 * 24 + 1)
})

test('a month ends where the next begins, also in December and in February of a leap year', () => {
  process.env.TZ = 'UTC'
  expect(periodOf('month', Date.parse('2026-12-31T23:59:59Z')).end).toBe(Date.parse('2027-01-01T00:00:00Z'))
  expect(lengthOf('month', '2028-02-10T00:00:00')).toBe(29 * 24)
})
