import type { RouteQuery } from '../../client/route.ts'
import { type Period, type PeriodName, periodNames, startOfDay } from './period.ts'

/** By what spending can be told apart, in the order in which one narrows it down. */
export const groupings = ['model', 'provider', 'app', 'project', 'feature'] as const
export type Grouping = (typeof groupings)[number]

/** What the overview shows. It stands in the window's address. */
export interface View {
  period: PeriodName
  by: Grouping
  /** Only calls of these. */
  only: Partial<Record<Grouping, string>>
}

export function parseView(query: RouteQuery = {}): View {
  const only: View['only'] = {}
  for (const name of groupings) {
    const value = query[name]
    if (value) only[name] = value
  }
  return {
    period: periodNames.find((name) => name === query.period) ?? 'month',
    by: groupings.find((name) => name === query.by) ?? 'model',
    only
  }
}

export function viewQuery({ period, by, only }: View): RouteQuery {
  return { ...(period !== 'month' && { period }), ...(by !== 'model' && { by }), ...only }
}

/** One row's calls alone, told apart by the next thing that is not fixed yet. */
export function narrow(view: View, key: string): View {
  const only = { ...view.only, [view.by]: key }
  return { ...view, only, by: groupings.find((name) => only[name] === undefined) ?? view.by }
}

export function widen(view: View, name: Grouping): View {
  const { [name]: _, ...only } = view.only
  return { ...view, only, by: name }
}

/** The filter that shows the calls behind a row in Activity; null are those that have none. `filterOf` finds an app's calls. */
export function activityQuery(
  view: View,
  key: string | null,
  { from, until }: Period,
  filterOf: (appId: string) => string
): RouteQuery {
  const only: View['only'] = { ...view.only, [view.by]: key ?? '' }
  return {
    ...only,
    ...(only.app !== undefined && { app: filterOf(only.app) }),
    // nothing else is in the books
    source: 'gateway',
    from: String(startOfDay(from)),
    until: String(startOfDay(until))
  }
}
