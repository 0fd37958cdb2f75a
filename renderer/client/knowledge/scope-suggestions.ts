import type { AppClient } from '../../../core/contract/app-client.ts'
import type { Source } from '../../../core/contract/knowledge.ts'
import { EVERYTHING, formatScope, readScope } from '../../../core/contract/knowledge-scopes.ts'
import { scopeWords } from './scopes.ts'

export interface ScopeSuggestion {
  scope: string
  kind: 'all' | 'source' | 'folder' | 'tag'
  label: string
}

const MOST = 8

type Client = Pick<AppClient, 'invoke'>

/** Sources whose name or id has these letters, and all of them together. */
export function suggestSources(typed: string, sources: readonly Source[]): ScopeSuggestion[] {
  const letters = typed.toLowerCase()
  const own = sources
    .filter(({ id, name }) => id.includes(letters) || name.toLowerCase().includes(letters))
    .map(({ id, name }): ScopeSuggestion => ({ scope: id, kind: 'source', label: name }))
  const all = 'all notes and files'.includes(letters) && sources.length > 0
  return all ? [{ scope: EVERYTHING, kind: 'all', label: scopeWords(EVERYTHING, sources) }, ...own] : own
}

/** The folders among these files' that have the letters in their name, the shortest paths first. */
export function foldersOf(paths: readonly string[], letters: string): string[] {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(path.slice(0, end))
    }
  }
  const wanted = letters.toLowerCase()
  return [...folders]
    .filter((folder) => folder.toLowerCase().includes(wanted))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
}

/** The tags that begin with the letters, those of most passages first. */
export function tagsOf(passages: readonly { tags: readonly string[] }[], letters: string): string[] {
  const counts = new Map<string, number>()
  const wanted = letters.toLowerCase()
  for (const { tags } of passages) {
    for (const tag of tags) {
      if (tag.toLowerCase().startsWith(wanted)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([tag]) => tag)
}

/** What can be meant by letters such as `va`, `vault/Pro`, `#rec`: sources at once, folders and tags by asking. */
export async function suggestScopes(
  client: Client,
  typed: string,
  sources: readonly Source[]
): Promise<ScopeSuggestion[]> {
  const scope = readScope(typed)
  const within = sources.filter(({ id }) => id === scope?.sourceId)
  const meant = within.length > 0 ? within : sources
  const [place = '', tag] = typed.split('#')
  if (tag !== undefined) return suggestTags(client, tag, meant)
  if (within.length > 0 && place.includes('/')) return suggestFolders(client, scope?.folder ?? '', within)
  const folders = typed.length < 2 ? [] : await suggestFolders(client, typed, sources)
  return [...suggestSources(typed, sources), ...folders].slice(0, MOST)
}

async function suggestFolders(
  client: Client,
  letters: string,
  sources: readonly Source[]
): Promise<ScopeSuggestion[]> {
  const found = await Promise.all(
    sources.slice(0, 4).map(async ({ id }) => {
      const query = { limit: 300, ...(letters && { search: letters }) }
      const { files } = await client.invoke('GET /app/knowledge/sources/:id/files', { params: { id }, query })
      const paths = files.map(({ path }) => path)
      return foldersOf(paths, letters).map((folder): ScopeSuggestion => {
        const scope = formatScope({ sourceId: id, folder })
        return { scope, kind: 'folder', label: scopeWords(scope, sources) }
      })
    })
  )
  return found.flat().slice(0, MOST)
}

async function suggestTags(
  client: Client,
  letters: string,
  sources: readonly Source[]
): Promise<ScopeSuggestion[]> {
  if (letters === '') return []
  const scope = sources.map(({ id }) => id).join(',')
  const query = { q: letters, in: scope, typing: 'true', limit: 50 } as const
  const { hits } = await client.invoke('GET /app/search', { query })
  const [only, ...others] = sources
  const sourceId = only && others.length === 0 ? only.id : null
  return tagsOf(hits, letters)
    .slice(0, MOST)
    .map((tag) => {
      const chosen = formatScope({ sourceId, tag })
      return { scope: chosen, kind: 'tag', label: scopeWords(chosen, sources) }
    })
}
