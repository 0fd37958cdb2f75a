/** The parts of a source's page that its tabs show. */
export const sourceTabs = ['overview', 'files', 'report'] as const
export type SourceTab = (typeof sourceTabs)[number]

/** What the Knowledge screen shows beside the search. The note itself stands in the address's query. */
export type Place =
  | { show: 'overview' }
  | { show: 'add' }
  | { show: 'note' }
  | { show: 'source'; id: string; tab: SourceTab }

/** The place that an id of the window's address means; the overview for what it does not know. */
export function parsePlace(id: string | null): Place {
  if (id === 'add' || id === 'note') return { show: id }
  const [, source, tab] = /^source-([a-z0-9-]+)(?:\.([a-z]+))?$/.exec(id ?? '') ?? []
  if (source === undefined) return { show: 'overview' }
  return { show: 'source', id: source, tab: sourceTabs.find((known) => known === tab) ?? 'overview' }
}

/** The id in the window's address; null for the overview. */
export function placeId(place: Place): string | null {
  if (place.show === 'overview') return null
  if (place.show !== 'source') return place.show
  return `source-${place.id}${place.tab === 'overview' ? '' : `.${place.tab}`}`
}
