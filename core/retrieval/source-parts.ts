import type { SourceParts } from '../contract/knowledge.ts'
import type { SourcePartRepository } from './source-part-repository.ts'

export interface SourcePartsQuery {
  /** Letters anywhere in a folder's path or in a tag, in any case. */
  search: string
  /** Of each kind. */
  limit: number
}

/** The folders and tags of a source with these letters; of folders those whose own name begins so first, then the shortest. */
export function sourceParts(parts: SourcePartRepository, { search, limit }: SourcePartsQuery): SourceParts {
  const letters = search.toLowerCase()
  const totals = new Map<string, number>()
  for (const { path, documents } of parts.folders())
    for (const folder of withParents(path)) totals.set(folder, (totals.get(folder) ?? 0) + documents)
  const folders = [...totals]
    .map(([path, documents]) => ({ path, documents, rank: rankOf(path.toLowerCase(), letters) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
    .map(({ path, documents }) => ({ path, documents }))
  return { folders, tags: parts.tags(letters, limit) }
}

function* withParents(path: string): Iterable<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end)
}

function rankOf(path: string, letters: string): number {
  if (path.startsWith(letters, path.lastIndexOf('/') + 1)) return 0
  return path.includes(letters) ? 1 : Number.POSITIVE_INFINITY
}
