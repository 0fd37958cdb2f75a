import { type TraceFilters, type TraceView, traceViewSchema } from '../../../../core/contract/traces.ts'
import type { RouteQuery } from '../../../client/route.ts'

/** Which calls are listed. It stands in the window's address, and under a name in a saved view. */
export type Filters = TraceView['query']
export type FilterName = keyof Filters
/** What was recorded lately, whenever one looks. */
export type TimeWindow = NonNullable<Filters['since']>

const HOUR = 3_600_000
const MINUTE = 60_000
const windowMs: Record<TimeWindow, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
  '30d': 30 * 24 * HOUR
}

/** Of these, the empty text means calls that have none. */
const mayBeNone: readonly FilterName[] = ['model', 'provider', 'feature', 'project', 'session']
const querySchema = traceViewSchema.shape.query
const names = querySchema.keyof().options

/** What an address narrows the list by; what it says wrongly is left out. */
export function parseFilters(query: RouteQuery = {}): Filters {
  const valid = names.filter((name) => {
    const text = query[name]
    if (text === undefined || (text === '' && !mayBeNone.includes(name))) return false
    return querySchema.shape[name].safeParse(text).success
  })
  return querySchema.parse(Object.fromEntries(valid.map((name) => [name, query[name]])))
}

/** The same as an address has it: equal filters give equal texts, in one order. */
export function filterQuery(filters: Filters): RouteQuery {
  return Object.fromEntries(
    names.flatMap((name) => (filters[name] === undefined ? [] : [[name, String(filters[name])]]))
  )
}

/** Those filters with others set, or taken away where they are undefined. A window of time and bounds of it exclude each other. */
export function changeFilters(filters: Filters, patch: Filters): Filters {
  const changed = { ...filters, ...patch }
  if (patch.since !== undefined) return { ...changed, from: undefined, until: undefined }
  const bounded = patch.from !== undefined || patch.until !== undefined
  return bounded ? { ...changed, since: undefined } : changed
}

/** The names of what narrows the list, in the order of the address. */
export function usedFilters(filters: Filters): FilterName[] {
  return names.filter((name) => filters[name] !== undefined)
}

/** What the daemon is asked for. A window ends now and begins at a full minute, so that lists asked for together agree. */
export function askedFilters({ since, ...filters }: Filters, now: number): TraceFilters {
  if (since === undefined) return filters
  return { ...filters, from: Math.floor((now - windowMs[since]) / MINUTE) * MINUTE }
}
