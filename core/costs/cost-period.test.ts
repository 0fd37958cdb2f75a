import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CalendarUnit, localDay, nextStart, startOf } from '../lib/calendar.ts'
import { bucketsOf, localPeriod } from './cost-period.ts'

const zone = process.env.TZ
const goTo = (place: string): void => {
  process.env.TZ = place
}
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const HOUR = 3_600_000
const at = (text: string): number => new Date(text).getTime()

describe('in Zurich', () => {
  beforeEach(() => goTo('Europe/Zurich'))

  test.each([
    ['neither', {}, '2026-11-01', '2026-12-01'],
    ['a start', { from: '2026-10-10' }, '2026-10-10', '2026-11-22'],
    ['an end', { until: '2026-09-01' }, '2026-08-01', '2026-09-01'],
    ['both', { from: '2025-12-31', until: '2026-01-02' }, '2025-12-31', '2026-01-02']
  ])('a query with %s means a period of whole local days', (_, query, firstDay, endDay) => {
    const period = localPeriod(query, at('2026-11-21T09:00:00+01:00'))
    expect(period).toMatchObject({ firstDay, endDay })
    expect([localDay(period.from), localDay(period.until)]).toEqual([firstDay, endDay])
  })

  test('a period without a day is refused', () => {
    expect(() => localPeriod({ from: '2026-11-02', until: '2026-11-02' }, 0)).toThrow(/ends before/)
  })

  test('a day has 23 hours in spring and 25 in autumn', () => {
    const [spring, autumn] = ['2026-03-29', '2026-10-25'].map((day) => at(`${day}T00:00:00`))
    expect(nextStart(spring ?? 0, 'day') - (spring ?? 0)).toBe(23 * HOUR)
    expect(nextStart(autumn ?? 0, 'day') - (autumn ?? 0)).toBe(25 * HOUR)
  })

  test('the hour that comes twice is two hours', () => {
    const period = localPeriod({ from: '2026-10-25', until: '2026-10-26' }, 0)
    const hours = bucketsOf(period, 'hour')
    expect(hours.map(({ from, until }) => until - from)).toEqual(Array(25).fill(HOUR))
  })

  test('weeks begin on Monday, the first and last cut to the period', () => {
    const weeks = bucketsOf(localPeriod({ from: '2026-10-01', until: '2026-11-01' }, 0), 'week')
    expect(weeks.map(({ from }) => localDay(from))).toEqual([
      '2026-10-01',
      '2026-10-05',
      '2026-10-12',
      '2026-10-19',
      '2026-10-26'
    ])
    expect(localDay(weeks.at(-1)?.until ?? 0)).toBe('2026-11-01')
  })

  test('too many steps are refused', () => {
    const year = localPeriod({ from: '2026-01-01', until: '2027-01-01' }, 0)
    expect(() => bucketsOf(year, 'hour')).toThrow(/more than 800/)
  })
})

test.each(['Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Chatham', 'Africa/Cairo'])(
  'in %s the steps of a year follow each other without gaps, each from a quarter of an hour',
  (place) => {
    goTo(place)
    const year = localPeriod({ from: '2026-01-01', until: '2027-01-01' }, 0)
    for (const bucket of ['day', 'week', 'month'] satisfies CalendarUnit[]) {
      const buckets = bucketsOf(year, bucket)
      expect(buckets[0]?.from).toBe(year.from)
      expect(buckets.at(-1)?.until).toBe(year.until)
      for (const [index, { from, until }] of buckets.entries()) {
        expect(from % (HOUR / 4)).toBe(0)
        expect(until).toBe(buckets[index + 1]?.from ?? year.until)
        if (index > 0) expect(startOf(until - 1, bucket)).toBe(from)
      }
    }
    expect(bucketsOf(year, 'day')).toHaveLength(365)
  }
)
