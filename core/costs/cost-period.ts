import { HomeportError } from '../errors/homeport-error.ts'
import {
  type CalendarUnit,
  localDay,
  midnightOf,
  nextStart,
  startOf,
  type TimeSpan
} from '../lib/calendar.ts'

/** A period by its local days, `YYYY-MM-DD`, and when they begin. */
export interface LocalPeriod extends TimeSpan {
  firstDay: string
  /** Not part of it. */
  endDay: string
}

/** More would be too fine to read, and too much to add up while others wait. */
const MOST_BUCKETS = 800

/**
 * The period that a query means, in this machine's time zone. Without an end: up to today. Without a start: from the
 * first of its last day's month. Without both: the whole month that runs. Throws `bad-request` when it holds no day.
 */
export function localPeriod(
  { from, until }: { from?: string | undefined; until?: string | undefined },
  now: number
): LocalPeriod {
  const end = until ? midnightOf(until) : from ? nextStart(now, 'day') : nextStart(now, 'month')
  const start = from ? midnightOf(from) : startOf(end - 1, 'month')
  if (start >= end) throw new HomeportError('bad-request', 'The period ends before it begins.')
  return { from: start, until: end, firstDay: localDay(start), endDay: localDay(end) }
}

/** A period in steps of the local calendar, the first and last cut to it. Throws `bad-request` for too many. */
export function bucketsOf({ from, until }: TimeSpan, unit: CalendarUnit): TimeSpan[] {
  const buckets: TimeSpan[] = []
  for (let start = from; start < until; ) {
    if (buckets.length === MOST_BUCKETS)
      throw new HomeportError('bad-request', `That would be more than ${MOST_BUCKETS} values in a row.`, {
        action: 'Ask for a shorter period, or for longer steps'
      })
    const end = Math.min(nextStart(start, unit), until)
    buckets.push({ from: start, until: end })
    start = end
  }
  return buckets
}
