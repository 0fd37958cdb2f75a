import type { SearchHit } from '../../contract/knowledge.ts'
import type { FoundChunk } from '../../retrieval/knowledge-index.ts'
import { obsidianUrl } from '../obsidian/open-url.ts'
import type { SourceRecord } from '../sources/source-record.ts'
import { exactHeadings } from './exact-heading.ts'

export type PassageSource = Pick<SourceRecord, 'id' | 'kind' | 'folder'>

/** A found chunk with where it is found. */
export function hitOf(source: PassageSource, found: FoundChunk): SearchHit {
  const { document, chunk, highlights, score, why } = found
  const { path, kind, title, tags, modifiedAt } = document
  const { text, start, end, page } = chunk
  const headings = exactHeadings(found)
  return {
    sourceId: source.id,
    ...{ path, kind, title, headings, text, start, end, page, tags, modifiedAt },
    obsidianUrl: placeUrl(source, { path, headings, page }),
    highlights,
    score,
    why
  }
}

/** Null outside of vaults. */
export const placeUrl = (
  { kind, folder }: PassageSource,
  place: { path: string; headings: readonly string[]; page: number | null }
): string | null => (kind === 'vault' ? obsidianUrl(folder, place) : null)
