import type { CallStatus, TraceFacets } from '../contract/traces.ts'
import { toTags } from './trace-rows.ts'

/** How many traces have these values. */
export interface FacetRow {
  status: CallStatus
  model: string
  provider: string | null
  app: string
  feature: string | null
  project: string | null
  /** As JSON. */
  tags: string | null
  count: number
}

const facetNames = ['status', 'model', 'provider', 'app', 'feature', 'project', 'tag'] as const
type FacetName = (typeof facetNames)[number]
export type FacetValues = { [K in FacetName]?: string | undefined }

/** Sums rows up by each facet, under what is chosen in all others. `total` is under all that is chosen. */
export function sumFacets(rows: readonly FacetRow[], chosen: FacetValues): Omit<TraceFacets, 'countedSince'> {
  const counts = new Map(facetNames.map((name) => [name, new Map<string, number>()]))
  let total = 0
  for (const row of rows) {
    const tags = toTags(row.tags)
    const failing = facetNames.filter((name) => !fits(row, tags, name, chosen[name]))
    if (failing.length > 1) continue
    if (failing.length === 0) total += row.count
    for (const name of failing.length === 0 ? facetNames : failing) {
      const sums = counts.get(name)
      for (const value of valuesOf(row, tags, name)) sums?.set(value, (sums.get(value) ?? 0) + row.count)
    }
  }
  const facet = (name: FacetName) =>
    [...(counts.get(name) ?? [])]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
  return {
    total,
    status: facet('status'),
    model: facet('model'),
    provider: facet('provider'),
    app: facet('app'),
    feature: facet('feature'),
    project: facet('project'),
    tag: facet('tag')
  }
}

const fits = (row: FacetRow, tags: string[], name: FacetName, chosen: string | undefined): boolean =>
  chosen === undefined || (name === 'tag' ? tags.includes(chosen) : row[name] === chosen)

function valuesOf(row: FacetRow, tags: string[], name: FacetName): string[] {
  if (name === 'tag') return tags
  const value = row[name]
  return value === null ? [] : [value]
}
