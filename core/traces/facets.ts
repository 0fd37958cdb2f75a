import { z } from 'zod'
import type { TraceFacets } from '../contract/traces.ts'
import { toTags } from './trace-rows.ts'

/** How many traces have these values. */
interface FacetRow {
  status: string
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

const packedRows = z.array(z.string())
const BETWEEN_FIELDS = '\u001f'

/** Counts equal rows. `packed` is a JSON array of a text a trace: its fields, '' for none, with U+001F between them. */
export function countAlike(packed: string): FacetRow[] {
  const counts = new Map<string, number>()
  for (const text of packedRows.parse(JSON.parse(packed))) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => {
    const [status = '', model = '', provider, app = '', feature, project, tags] = text.split(BETWEEN_FIELDS)
    return {
      status,
      model,
      provider: provider || null,
      app,
      feature: feature || null,
      project: project || null,
      tags: tags || null,
      count
    }
  })
}

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
