import type { TimeSpan } from '../lib/calendar.ts'

const QUARTER_MS = 900_000
const DAY_MS = 86_400_000

/** A stretch of a table of sums that the ledger keeps; its column has numbers since 1970, and `until` is not part of it. */
export interface KeptSums extends TimeSpan {
  table: 'ledger_sums' | 'ledger_day_sums'
  column: 'quarter' | 'day'
}

/**
 * What adds up to a span that begins and ends with a quarter of an hour, as local hours, days and months do: days in UTC
 * as far as whole ones are in it, and the quarters before and after them.
 */
export function keptSumsOf({ from, until }: TimeSpan): KeptSums[] {
  const firstDay = Math.ceil(from / DAY_MS)
  const endDay = Math.floor(until / DAY_MS)
  if (firstDay >= endDay) return [quarters(from, until)]
  const days: KeptSums = { table: 'ledger_day_sums', column: 'day', from: firstDay, until: endDay }
  return [quarters(from, firstDay * DAY_MS), days, quarters(endDay * DAY_MS, until)].filter(
    (part) => part.from < part.until
  )
}

const quarters = (from: number, until: number): KeptSums => ({
  table: 'ledger_sums',
  column: 'quarter',
  from: Math.floor(from / QUARTER_MS),
  until: Math.floor(until / QUARTER_MS)
})
