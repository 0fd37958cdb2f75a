import type { CostSeriesQuery } from '../../../core/contract/costs.ts'

export const periodNames = ['month', 'last-month', 'week', 'day', 'year'] as const
export type PeriodName = (typeof periodNames)[number]

export interface Period {
  /** First local day, and the one after the last, as `2026-11-01`. */
  from: string
  until: string
  /** Into what it is cut for the picture. */
  bucket: CostSeriesQuery['bucket']
}

/** The days that a period's name means on a day. */
export function periodOf(name: PeriodName, now: Date): Period {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  const between = (from: Date, until: Date, bucket: Period['bucket']): Period => ({
    from: localDay(from),
    until: localDay(until),
    bucket
  })
  switch (name) {
    case 'month':
      return between(new Date(year, month, 1), new Date(year, month + 1, 1), 'day')
    case 'last-month':
      return between(new Date(year, month - 1, 1), new Date(year, month, 1), 'day')
    case 'week':
      return between(new Date(year, month, day - 6), new Date(year, month, day + 1), 'day')
    case 'day':
      return between(new Date(year, month, day), new Date(year, month, day + 1), 'hour')
    case 'year':
      return between(new Date(year, month - 11, 1), new Date(year, month + 1, 1), 'month')
  }
}

export function periodLabel(name: PeriodName, now: Date): string {
  const [year, month] = [now.getFullYear(), now.getMonth()]
  switch (name) {
    case 'month':
      return monthName(new Date(year, month, 1))
    case 'last-month':
      return monthName(new Date(year, month - 1, 1))
    case 'week':
      return '7 days'
    case 'day':
      return 'Today'
    case 'year':
      return '12 months'
  }
}

/** The moment a local day begins. Milliseconds UTC. */
export function startOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

export function localDay(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const monthName = (date: Date): string => date.toLocaleDateString('en-GB', { month: 'long' })
