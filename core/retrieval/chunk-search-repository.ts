import type { DocumentKind } from '../contract/knowledge.ts'
import type { Connection } from '../store/connection.ts'
import { kindOf } from './document-repository.ts'

/** What a passage must be of. All that is given must hold; of a list, one. */
export interface ChunkFilter {
  folders: string[]
  tags: string[]
  /** All of them must stand in the path. */
  pathParts: string[]
  kind: DocumentKind | null
  from: number | null
  until: number | null
}

export interface WordMatch {
  id: number
  /** BM25, the higher the better. */
  score: number
}

export interface ChunkRow {
  id: number
  documentId: number
  ordinal: number
  path: string
  kind: DocumentKind
  title: string
  tags: string[]
  modifiedAt: number
  headings: string[]
  text: string
  searchText: string
  start: number
  end: number
  page: number | null
}

export interface ChunkSearchRepository {
  /** Best first. */
  matching(match: string, limit: number): WordMatch[]
  /** The scores of those among `ids` that match. */
  scoresOf(match: string, ids: readonly number[]): WordMatch[]
  /** Ids of chunks that a filter leaves. */
  allowed(filter: ChunkFilter): Set<number>
  rows(ids: readonly number[]): ChunkRow[]
}

/** How much a match in a column counts: title, aliases, breadcrumb, tags, body, context, facts. */
const WEIGHTS = '4.0, 3.0, 2.0, 2.0, 1.0, 0.4, 1.0'

export function chunkSearchRepository(connection: Connection): ChunkSearchRepository {
  const matching = connection.prepare<[string, number], WordMatch>(`
    SELECT rowid AS id, -bm25(chunk_words, ${WEIGHTS}) AS score FROM chunk_words
    WHERE chunk_words MATCH ? ORDER BY score DESC LIMIT ?`)
  const scoresOf = connection.prepare<[string, string], WordMatch>(`
    SELECT rowid AS id, -bm25(chunk_words, ${WEIGHTS}) AS score FROM chunk_words
    WHERE chunk_words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`)
  const allowed = connection
    .prepare<Record<string, string | number | null>[], number>(`
      SELECT chunks.id FROM documents JOIN chunks ON chunks.document_id = documents.id
      WHERE ($kind IS NULL OR kind = $kind)
        AND ($from IS NULL OR modified_at >= $from) AND ($until IS NULL OR modified_at < $until)
        AND ($folders = '[]' OR EXISTS (
          SELECT 1 FROM json_each($folders) WHERE substr(path, 1, length(value) + 1) = value || '/' OR path = value))
        AND ($tags = '[]' OR EXISTS (
          SELECT 1 FROM json_each($tags) JOIN document_tags ON tag = value WHERE document_id = documents.id))
        AND NOT EXISTS (SELECT 1 FROM json_each($parts) WHERE instr(lower(path), value) = 0)`)
    .pluck()
  const rows = connection.prepare<[string], StoredRow>(`
    SELECT chunks.id, document_id AS documentId, ordinal, path, kind, title, tags, modified_at AS modifiedAt, headings,
      text, coalesce(search_text, text) AS searchText, start, end, page
    FROM chunks JOIN documents ON documents.id = document_id
    WHERE chunks.id IN (SELECT value FROM json_each(?))`)

  return {
    matching: (match, limit) => matching.all(match, limit),
    scoresOf: (match, ids) => scoresOf.all(match, JSON.stringify(ids)),
    allowed: ({ folders, tags, pathParts, kind, from, until }) =>
      new Set(
        allowed.all({
          kind,
          from,
          until,
          folders: JSON.stringify(folders),
          tags: JSON.stringify(tags.map((tag) => tag.toLowerCase())),
          parts: JSON.stringify(pathParts.map((part) => part.toLowerCase()))
        })
      ),
    rows: (ids) =>
      rows.all(JSON.stringify(ids)).map((row) => ({
        ...row,
        kind: kindOf(row.kind),
        tags: list(row.tags),
        headings: list(row.headings)
      }))
  }
}

interface StoredRow extends Omit<ChunkRow, 'kind' | 'tags' | 'headings'> {
  kind: string
  tags: string
  headings: string
}

function list(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}
