/** The parts of the Models screen that its tabs show. */
export const tabs = ['overview', 'installed', 'catalog', 'running'] as const
export type Tab = (typeof tabs)[number]

/** What the Models screen shows: a tab, a provider, an on-device model, an alias, or a new alias (like a suggested one, or empty). */
export type Place =
  | { show: Tab }
  | { show: 'provider'; id: string }
  | { show: 'model'; id: string }
  | { show: 'alias'; name: string }
  | { show: 'new-alias'; like: string | null }

/** The place that an id of the window's address means. */
export function parsePlace(id: string | null): Place {
  const [, kind, rest = ''] = /^(provider|model|alias|new)-(.+)$/.exec(id ?? '') ?? []
  if (kind === 'provider') return { show: 'provider', id: rest }
  if (kind === 'model') return { show: 'model', id: rest }
  if (kind === 'alias') return { show: 'alias', name: rest }
  if (kind === 'new') return { show: 'new-alias', like: rest === 'alias' ? null : rest }
  return { show: tabs.find((tab) => tab === id) ?? 'overview' }
}

/** The id in the window's address; null for the overview. */
export function placeId(place: Place): string | null {
  switch (place.show) {
    case 'provider':
      return `provider-${place.id}`
    case 'model':
      return `model-${place.id}`
    case 'alias':
      return `alias-${place.name}`
    case 'new-alias':
      return `new-${place.like ?? 'alias'}`
    case 'overview':
      return null
    default:
      return place.show
  }
}
