import type { CostSeriesQuery } from '../../../core/contract/costs.ts'

type Bucket = CostSeriesQuery['bucket']

/** Under a column: `21`, `14:00`, `9 Nov`, `Nov`. */
export function shortBucket(at: number, bucket: Bucket): string {
  const date = new Date(at)
  switch (bucket) {
    case 'hour':
      return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    case 'day':
      return String(date.getDate())
    case 'week':
      return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
    case 'month':
      return date.toLocaleDateString('en-GB', { month: 'short' })
  }
}

/** The same with all that is needed to know which one it is: `Sat 21 Nov`, `November 2026`. */
export function longBucket(at: number, bucket: Bucket): string {
  const date = new Date(at)
  switch (bucket) {
    case 'hour':
      return `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })}, ${shortBucket(at, bucket)}`
    case 'day':
      return date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
    case 'week':
      return `week of ${shortBucket(at, bucket)}`
    case 'month':
      return date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric' })
  }
}
