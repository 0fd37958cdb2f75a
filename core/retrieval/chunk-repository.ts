import type { Connection } from '../store/connection.ts'
import type { DocumentChunk } from './document.ts'
import { columnsOf, type SearchedChunk } from './searched-text.ts'

/** A chunk as it is written. */
export interface NewChunk {
  chunk: DocumentChunk
  ordinal: number
  /** Its vector is written within the same transaction. */
  hasVector: boolean
}

export interface ChunkTextRow {
  id: number
  headings: string
  text: string
  searchText: string | null
  context: string | null
  facts: string | null
}

export interface ChunkRepository {
  idsOf(documentId: number): number[]
  /** In the order of the document. */
  textsOf(documentId: number): ChunkTextRow[]
  /** Gives its id. It is found once its words are inserted, too. */
  insert(documentId: number, chunk: NewChunk): number
  insertWords(id: number, searched: SearchedChunk): void
  /** The same text at another place of the document. */
  move(id: number, ordinal: number, chunk: DocumentChunk): void
  /** What is searched of it has changed, though not its text: it needs another vector. */
  searchAnew(id: number, searched: SearchedChunk): void
  remove(ids: readonly number[]): void
  withoutVector(limit: number): (ChunkTextRow & { documentId: number })[]
  countWithoutVector(): number
  markEmbedded(ids: readonly number[]): void
  count(): number
}

export function chunkRepository(connection: Connection): ChunkRepository {
  const idsOf = connection
    .prepare<[number], number>('SELECT id FROM chunks WHERE document_id = ? ORDER BY ordinal')
    .pluck()
  const textsOf = connection.prepare<[number], ChunkTextRow>(
    'SELECT id, headings, text, search_text AS searchText, context, facts FROM chunks WHERE document_id = ? ORDER BY ordinal'
  )
  const insert = connection.prepare(`
    INSERT INTO chunks (document_id, ordinal, headings, text, search_text, context, facts, start, end, page, has_vector)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertWords = connection.prepare(`
    INSERT INTO chunk_words (rowid, title, aliases, breadcrumb, tags, body, context, facts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const move = connection.prepare(
    'UPDATE chunks SET ordinal = ?, text = ?, start = ?, end = ?, page = ? WHERE id = ?'
  )
  const remove = connection.prepare('DELETE FROM chunks WHERE id = ?')
  const removeWords = connection.prepare('DELETE FROM chunk_words WHERE rowid = ?')
  const forgetVector = connection.prepare('UPDATE chunks SET has_vector = 0 WHERE id = ?')
  const withoutVector = connection.prepare<[number], ChunkTextRow & { documentId: number }>(`
    SELECT id, document_id AS documentId, headings, text, search_text AS searchText, context, facts
    FROM chunks WHERE has_vector = 0 ORDER BY id LIMIT ?`)
  const countWithoutVector = connection
    .prepare<[], number>('SELECT count(*) FROM chunks WHERE has_vector = 0')
    .pluck()
  const markEmbedded = connection.prepare('UPDATE chunks SET has_vector = 1 WHERE id = ?')
  const count = connection.prepare<[], number>('SELECT count(*) FROM chunks').pluck()

  return {
    idsOf: (documentId) => idsOf.all(documentId),
    textsOf: (documentId) => textsOf.all(documentId),
    insert(documentId, { chunk, ordinal, hasVector }) {
      const { text, searchText, context, facts, start, end, page } = chunk
      const { lastInsertRowid } = insert.run(
        documentId,
        ordinal,
        JSON.stringify(chunk.headings),
        text,
        searchText === undefined || searchText === text ? null : searchText,
        context ?? null,
        facts ?? null,
        start,
        end,
        page,
        hasVector ? 1 : 0
      )
      return Number(lastInsertRowid)
    },
    insertWords: (id, searched) => void insertWords.run(id, ...columnsOf(searched)),
    move(id, ordinal, { text, start, end, page }) {
      move.run(ordinal, text, start, end, page, id)
    },
    searchAnew(id, searched) {
      removeWords.run(id)
      insertWords.run(id, ...columnsOf(searched))
      forgetVector.run(id)
    },
    remove(ids) {
      for (const id of ids) {
        removeWords.run(id)
        remove.run(id)
      }
    },
    withoutVector: (limit) => withoutVector.all(limit),
    countWithoutVector: () => countWithoutVector.get() ?? 0,
    markEmbedded(ids) {
      for (const id of ids) markEmbedded.run(id)
    },
    count: () => count.get() ?? 0
  }
}

/** A chunk as it came, but for its place. */
export function textOfRow(
  row: ChunkTextRow
): Pick<DocumentChunk, 'headings' | 'text' | 'searchText' | 'context' | 'facts'> {
  const headings: unknown = JSON.parse(row.headings)
  return {
    headings: Array.isArray(headings) ? headings.map(String) : [],
    text: row.text,
    ...(row.searchText !== null && { searchText: row.searchText }),
    ...(row.context !== null && { context: row.context }),
    ...(row.facts !== null && { facts: row.facts })
  }
}
