import type { DocumentKind } from '../contract/knowledge.ts'
import type { Connection } from '../store/connection.ts'
import { kindOf } from './document-repository.ts'
import { wordFrequencyRepository } from './word-frequency-repository.ts'

/** What a passage must be of. All that is given must hold; of a list, one. */
export interface ChunkFilter {
  folders: string[]
  tags: string[]
  /** All of them must stand in the path. */
  pathParts: string[]
  kind: DocumentKind | null
  from: number | null
  until: number | null
  /** A note that is named after a day in this range will do too: `2023-05-08`, the second not among them. */
  days: { from: string; until: string } | null
}

export interface WordMatch {
  id: number
  /** BM25, the higher the better. */
  score: number
  /** Words of all its columns, as a multiple of the average. */
  length: number
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
  facts: string
  start: number
  end: number
  page: number | null
}

export interface ChunkSearchRepository {
  /** Best first. */
  matching(match: string, limit: number): WordMatch[]
  /** The scores of those among `ids` that match. */
  scoresOf(match: string, ids: readonly number[]): WordMatch[]
  count(): number
  /** How many chunks have each word, about. */
  frequencies(words: readonly string[]): number[]
  /** Ids of chunks that a filter leaves. */
  allowed(filter: ChunkFilter): Set<number>
  /** Among these, the first of each of the documents that changed last. */
  newest(among: ReadonlySet<number>, limit: number): number[]
  rows(ids: readonly number[]): ChunkRow[]
  /** Which of these documents link to which, as far as names tell. */
  linksAmong(documentIds: readonly number[]): { from: number; to: number }[]
}

/** How much a match in a column counts: title, aliases, breadcrumb, tags, body, context, facts. */
const WEIGHTS = '2.0, 2.0, 1.5, 2.0, 1.0, 0.5, 1.0'

export function chunkSearchRepository(connection: Connection): ChunkSearchRepository {
  // full text keeps what it needs for BM25 itself: words of each row by column, and rows and words in all
  const matching = connection.prepare<[string, number], StoredMatch>(`
    WITH found AS (
      SELECT rowid AS id, -bm25(chunk_words, ${WEIGHTS}) AS score FROM chunk_words
      WHERE chunk_words MATCH ? ORDER BY score DESC LIMIT ?)
    SELECT found.id, score, sz AS sizes FROM found JOIN chunk_words_docsize ON chunk_words_docsize.id = found.id
    ORDER BY score DESC`)
  const scoresOf = connection.prepare<[string, string], StoredMatch>(`
    SELECT chunk_words.rowid AS id, -bm25(chunk_words, ${WEIGHTS}) AS score, sz AS sizes
    FROM chunk_words JOIN chunk_words_docsize ON chunk_words_docsize.id = chunk_words.rowid
    WHERE chunk_words MATCH ? AND +chunk_words.rowid IN (SELECT value FROM json_each(?))`)
  const totals = connection.prepare<[], Uint8Array>('SELECT block FROM chunk_words_data WHERE id = 1').pluck()
  const readTotals = (): { rows: number; words: number } => {
    const [rows = 0, ...columns] = varints(totals.get() ?? new Uint8Array())
    return { rows, words: sum(columns) }
  }
  const withLengths = (matches: readonly StoredMatch[]): WordMatch[] => {
    const { rows, words } = readTotals()
    const average = words / Math.max(1, rows) || 1
    return matches.map(({ id, score, sizes }) => ({ id, score, length: sum(varints(sizes)) / average }))
  }
  const wordFrequencies = wordFrequencyRepository(connection)
  const allowed = connection
    .prepare<Record<string, string | number | null>[], number>(`
      SELECT chunks.id FROM documents JOIN chunks ON chunks.document_id = documents.id
      WHERE ($kind IS NULL OR kind = $kind)
        AND ((($from IS NULL OR modified_at >= $from) AND ($until IS NULL OR modified_at < $until))
          OR ($firstDay IS NOT NULL AND title GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
            AND title >= $firstDay AND substr(title, 1, 10) < $lastDay))
        AND ($folders = '[]' OR EXISTS (
          SELECT 1 FROM json_each($folders) WHERE substr(documents.path, 1, length(value) + 1) = value || '/' OR documents.path = value))
        AND ($tags = '[]' OR EXISTS (
          SELECT 1 FROM json_each($tags) JOIN document_tags ON tag = value WHERE document_id = documents.id))
        AND NOT EXISTS (SELECT 1 FROM json_each($parts) WHERE instr(lower(documents.path), value) = 0)`)
    .pluck()
  const rows = connection.prepare<[string], StoredRow>(`
    SELECT chunks.id, document_id AS documentId, ordinal, path, kind, title, tags, modified_at AS modifiedAt, headings,
      text, coalesce(search_text, text) AS searchText, coalesce(facts, '') AS facts, start, end, page
    FROM chunks JOIN documents ON documents.id = document_id
    WHERE chunks.id IN (SELECT value FROM json_each(?))`)

  const newest = connection
    .prepare<[string, number], number>(`
      SELECT chunks.id FROM chunks JOIN documents ON documents.id = document_id
      WHERE chunks.id IN (SELECT value FROM json_each(?)) AND ordinal = 0 ORDER BY modified_at DESC, chunks.id LIMIT ?`)
    .pluck()
  const linksAmong = connection.prepare<{ ids: string }[], { from: number; to: number }>(`
    SELECT DISTINCT links.document_id AS "from", document_names.document_id AS "to"
    FROM links JOIN document_names USING (name)
    WHERE links.document_id IN (SELECT value FROM json_each($ids))
      AND document_names.document_id IN (SELECT value FROM json_each($ids))
      AND links.document_id <> document_names.document_id`)

  return {
    matching: (match, limit) => withLengths(matching.all(match, limit)),
    scoresOf: (match, ids) => withLengths(scoresOf.all(match, JSON.stringify(ids))),
    count: () => readTotals().rows,
    frequencies: (words) => wordFrequencies.frequencies(words, readTotals().rows),
    newest: (among, limit) => newest.all(JSON.stringify([...among]), limit),
    linksAmong: (documentIds) => linksAmong.all({ ids: JSON.stringify(documentIds) }),
    allowed: ({ folders, tags, pathParts, kind, from, until, days }) =>
      new Set(
        allowed.all({
          kind,
          from,
          until,
          firstDay: days?.from ?? null,
          lastDay: days?.until ?? null,
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

interface StoredMatch extends Omit<WordMatch, 'length'> {
  sizes: Uint8Array
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

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** SQLite's numbers of 7 bits a byte, the highest bits first. */
function varints(bytes: Uint8Array): number[] {
  const numbers: number[] = []
  let value = 0
  for (const byte of bytes) {
    value = value * 128 + (byte & 127)
    if (byte >= 128) continue
    numbers.push(value)
    value = 0
  }
  return numbers
}
