import type { AppQueryInput } from '../../../../core/contract/app-routes.ts'
import type { DocumentKind, Source } from '../../../../core/contract/knowledge.ts'
import { formatScope } from '../../../../core/contract/knowledge-scopes.ts'
import { kindWords } from '../kind-words.ts'

export const ages = ['week', 'month', 'year'] as const
export type Age = (typeof ages)[number]

/** What a search is narrowed to. Empty strings and null: it is not. */
export interface Filters {
  sourceId: string | null
  folder: string
  tag: string
  kind: DocumentKind | null
  changed: Age | null
}

export const noFilters: Filters = { sourceId: null, folder: '', tag: '', kind: null, changed: null }

export const ageWords: Record<Age, string> = {
  week: 'In the last 7 days',
  month: 'In the last 30 days',
  year: 'In the last 365 days'
}
const ageDays: Record<Age, number> = { week: 7, month: 30, year: 365 }
const DAY = 86_400_000
const MOST = 30

/** What is asked for these words. `typing`: they may not be all yet. `now` in milliseconds UTC. */
export function searchInput(
  words: string,
  { sourceId, folder, tag, kind, changed }: Filters,
  typing: boolean,
  now: number
): AppQueryInput<'GET /app/search'> {
  const narrowed = sourceId !== null || folder !== '' || tag !== ''
  const scope = { sourceId, ...(folder && { folder }), ...(tag && { tag }) }
  return {
    q: words,
    limit: MOST,
    typing: typing ? 'true' : 'false',
    ...(narrowed && { in: formatScope(scope) }),
    ...(kind && { kind }),
    ...(changed && { from: now - ageDays[changed] * DAY })
  }
}

export interface FilterChip {
  name: keyof Filters
  label: string
}

/** The filters that are set, each in words. */
export function filterChips(filters: Filters, sources: readonly Source[]): FilterChip[] {
  const { sourceId, folder, tag, kind, changed } = filters
  const name = sources.find(({ id }) => id === sourceId)?.name ?? sourceId
  return [
    ...(name === null ? [] : [{ name: 'sourceId' as const, label: name }]),
    ...(folder === '' ? [] : [{ name: 'folder' as const, label: folder }]),
    ...(tag === '' ? [] : [{ name: 'tag' as const, label: `#${tag}` }]),
    ...(kind === null ? [] : [{ name: 'kind' as const, label: kindWords[kind] }]),
    ...(changed === null ? [] : [{ name: 'changed' as const, label: ageWords[changed] }])
  ]
}
