import type { TraceView } from '../../../../core/contract/traces.ts'
import { type Filters, filterQuery } from './filters.ts'

type Views = readonly TraceView[]

/** The saved view that narrows the list just so; null where none does. */
export function viewOf(views: Views, filters: Filters): TraceView | null {
  const asked = JSON.stringify(filterQuery(filters))
  return views.find(({ query }) => JSON.stringify(filterQuery(query)) === asked) ?? null
}

/** With a view at the end, or in the place of the one of its name. */
export function withView(views: Views, view: TraceView): TraceView[] {
  return views.some(({ name }) => name === view.name)
    ? views.map((other) => (other.name === view.name ? view : other))
    : [...views, view]
}

export function withoutView(views: Views, name: string): TraceView[] {
  return views.filter((view) => view.name !== name)
}
