import type { Source, SourceParts } from '../../../core/contract/knowledge.ts'
import { EVERYTHING, formatScope, readScope } from '../../../core/contract/knowledge-scopes.ts'
import { scopeWords } from './scopes.ts'

export interface ScopeSuggestion {
  scope: string
  kind: 'all' | 'source' | 'folder' | 'tag'
  label: string
}

/** Of them, and of each kind of part of a source. */
export const MOST_SUGGESTIONS = 8
/** Places left for tags where folders would take them all. */
const TAGS_AT_LEAST = 3

/** Folders and tags of a source with these letters in them. */
export type FindParts = (sourceId: string, letters: string) => Promise<SourceParts>

/** Sources whose name or id has these letters, and all of them together. */
export function suggestSources(typed: string, sources: readonly Source[]): ScopeSuggestion[] {
  const letters = typed.toLowerCase()
  const own = sources
    .filter(({ id, name }) => id.includes(letters) || name.toLowerCase().includes(letters))
    .map(({ id, name }): ScopeSuggestion => ({ scope: id, kind: 'source', label: name }))
  const all = 'all notes and files'.includes(letters) && sources.length > 0
  return all ? [{ scope: EVERYTHING, kind: 'all', label: scopeWords(EVERYTHING, sources) }, ...own] : own
}

/** What can be meant by letters such as `va`, `vault/Pro`, `#rec`, `vault/Food#rec`. */
export async function suggestScopes(
  findParts: FindParts,
  typed: string,
  sources: readonly Source[]
): Promise<ScopeSuggestion[]> {
  const scope = readScope(typed)
  const within = sources.filter(({ id }) => id === scope?.sourceId)
  const meant = within.length > 0 ? within : sources
  const [place = '', tag] = typed.split('#')
  if (tag !== undefined) {
    const found = await partsOf(findParts, tag, meant)
    return tagsOf(found, within.length > 0 ? scope?.folder : undefined, sources).slice(0, MOST_SUGGESTIONS)
  }
  if (within.length > 0 && place.includes('/')) {
    return foldersOf(await partsOf(findParts, scope?.folder ?? '', within), sources).slice(
      0,
      MOST_SUGGESTIONS
    )
  }
  const found = await partsOf(findParts, typed, sources)
  const [folders, tags] = [foldersOf(found, sources), tagsOf(found, undefined, sources)]
  const first = suggestSources(typed, sources)
  const room = Math.max(0, MOST_SUGGESTIONS - first.length - Math.min(tags.length, TAGS_AT_LEAST))
  return [...first, ...folders.slice(0, room), ...tags].slice(0, MOST_SUGGESTIONS)
}

interface FoundParts extends SourceParts {
  sourceId: string
}

const partsOf = (find: FindParts, letters: string, sources: readonly Source[]): Promise<FoundParts[]> =>
  Promise.all(sources.map(async ({ id }) => ({ sourceId: id, ...(await find(id, letters)) })))

function foldersOf(found: readonly FoundParts[], sources: readonly Source[]): ScopeSuggestion[] {
  return found.flatMap(({ sourceId, folders }) =>
    folders.map(({ path }): ScopeSuggestion => {
      const scope = formatScope({ sourceId, folder: path })
      return { scope, kind: 'folder', label: scopeWords(scope, sources) }
    })
  )
}

/** A tag of several sources means it in all of them. */
function tagsOf(
  found: readonly FoundParts[],
  folder: string | undefined,
  sources: readonly Source[]
): ScopeSuggestion[] {
  const counts = new Map<string, number>()
  for (const { tags } of found)
    for (const { tag, documents } of tags) counts.set(tag, (counts.get(tag) ?? 0) + documents)
  const [only, ...others] = found
  const sourceId = only && others.length === 0 ? only.sourceId : null
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([tag]) => {
      const scope = formatScope({ sourceId, tag, ...(folder !== undefined && { folder }) })
      return { scope, kind: 'tag', label: scopeWords(scope, sources) }
    })
}
