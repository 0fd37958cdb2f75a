import type { TraceFacets } from '../contract/traces.ts'
import { toTags } from './trace-rows.ts'

/** How many traces have these values. */
interface FacetRow {
  status: string
  /** As asked for. */
  model: string
  provider: string | null
  /** `provider/model` that answered; null where none was asked. */
  answeredBy: string | null
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

const BETWEEN_FIELDS = '\u001f'
const FIELDS = 8

/**
 * Counts equal rows. `packed` has a text for each trace: its fields, '' for none, with U+001F between them. Traces that
 * have one in a field are not counted.
 */
export function countAlike(packed: readonly string[]): FacetRow[] {
  const counts = new Map<string, number>()
  for (const text of packed) counts.set(text, (counts.get(text) ?? 0) + 1)
  const rows: FacetRow[] = []
  for (const [text, count] of counts) {
    const fields = text.split(BETWEEN_FIELDS)
    if (fields.length !== FIELDS) continue
    const [status = '', model = '', provider, providerModel, app = '', feature, project, tags] = fields
    rows.push({
      status,
      model,
      provider: provider || null,
      answeredBy: provider && providerModel ? `${provider}/${providerModel}` : null,
      app,
      feature: feature || null,
      project: project || null,
      tags: tags || null,
      count
    })
  }
  return rows
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

/** As `conditionOf` has it: '' is for what has none, and of models for calls that nobody was asked. */
function fits(row: FacetRow, tags: string[], name: FacetName, chosen: string | undefined): boolean {
  if (chosen === undefined) return true
  if (chosen === '') return valuesOf(row, tags, name === 'model' ? 'provider' : name).length === 0
  return valuesOf(row, tags, name).includes(chosen)
}

function valuesOf(row: FacetRow, tags: string[], name: FacetName): string[] {
  if (name === 'tag') return tags
  if (name === 'model')
    return row.answeredBy === null || row.answeredBy === row.model ? [row.model] : [row.model, row.answeredBy]
  const value = row[name]
  // a trace of another program that asked no model has none
  return value ? [value] : []
}
