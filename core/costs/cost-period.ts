import { HomeportError } from '../errors/homeport-error.ts'

/** Milliseconds UTC; `until` is not part of it. */
export interface TimeSpan {
  from: number
  until: number
}

/** A period by its local days, `YYYY-MM-DD`, and when they begin. */
export interface LocalPeriod extends TimeSpan {
  firstDay: string
  /** Not part of it. */
  endDay: string
}

export type Bucket = 'hour' | 'day' | 'week' | 'month'

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

/** The local date of a time. */
export function localDay(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  const year = String(date.getFullYear()).padStart(4, '0')
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** A period in local hours, days, weeks from Monday, or months, the first and last cut to it. Throws `bad-request` for too many. */
export function bucketsOf({ from, until }: TimeSpan, bucket: Bucket): TimeSpan[] {
  const buckets: TimeSpan[] = []
  for (let start = from; start < until; ) {
    if (buckets.length === MOST_BUCKETS)
      throw new HomeportError('bad-request', `That would be more than ${MOST_BUCKETS} values in a row.`, {
        action: 'Ask for a shorter period, or for longer steps'
      })
    const end = Math.min(nextStart(start, bucket), until)
    buckets.push({ from: start, until: end })
    start = end
  }
  return buckets
}

/** When the bucket of a time began. */
export function startOf(time: number, bucket: Bucket): number {
  const date = new Date(time)
  // by the clock's offset: where clocks go back, two hours have the same name
  if (bucket === 'hour') return time - modulo(time - date.getTimezoneOffset() * 60_000, 3_600_000)
  if (bucket === 'week') date.setDate(date.getDate() - ((date.getDay() + 6) % 7))
  if (bucket === 'month') date.setDate(1)
  // last: a midnight that does not exist is given as the hour after it, and would stay that on another day
  return date.setHours(0, 0, 0, 0)
}

/** When the bucket after that of a time begins. Days are 23 or 25 hours long where clocks change. */
export function nextStart(time: number, bucket: Bucket): number {
  if (bucket === 'hour') return startOf(time, 'hour') + 3_600_000
  const date = new Date(startOf(time, bucket))
  if (bucket === 'month') date.setMonth(date.getMonth() + 1)
  else date.setDate(date.getDate() + (bucket === 'week' ? 7 : 1))
  return date.setHours(0, 0, 0, 0)
}

const modulo = (value: number, of: number): number => ((value % of) + of) % of

function midnightOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}
