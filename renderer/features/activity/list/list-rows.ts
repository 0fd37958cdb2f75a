import type { TraceSummary } from '../../../../core/contract/traces.ts'
import { daysBefore } from '../../../components/format/time.ts'
import type { Calls } from './recorded-calls.ts'

/** What stands under each other in the list: calls, with the day they are of above them. */
export type ListRow = { kind: 'day'; label: string } | { kind: 'call'; call: TraceSummary }

/** Calls, newest first, under their days. */
export function listRows(calls: Calls, now: number): ListRow[] {
  const rows: ListRow[] = []
  let dayStart = Number.POSITIVE_INFINITY
  for (const call of calls) {
    if (call.startedAt < dayStart) {
      dayStart = new Date(call.startedAt).setHours(0, 0, 0, 0)
      rows.push({ kind: 'day', label: dayLabel(call.startedAt, now) })
    }
    rows.push({ kind: 'call', call })
  }
  return rows
}

function dayLabel(at: number, now: number): string {
  const age = daysBefore(at, now)
  if (age <= 0) return 'Today'
  if (age === 1) return 'Yesterday'
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Date(at).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' })
  })
}

/** The time of a day: `14:05`. */
export function formatClock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** Of a list, the call so many calls after one, or the nearest there is; the first where that one is not listed. */
export function neighbour(calls: Calls, id: string, step: number): TraceSummary | undefined {
  const index = calls.findIndex((call) => call.id === id)
  return calls[Math.min(Math.max(index + step, 0), calls.length - 1)]
}
