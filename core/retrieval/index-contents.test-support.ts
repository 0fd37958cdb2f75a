import { openIndexReadOnly } from '../store/index-database.ts'
import { openVectorStore } from './vectors/open-vector-store.ts'
import { vectorStateRepository } from './vectors/vector-state-repository.ts'

/** All that an index says, without the numbers its rows happen to have: for comparing two of them. */
export function contentsOf(path: string): Record<string, unknown[]> {
  const connection = openIndexReadOnly(path)
  try {
    const all = (sql: string): unknown[] => connection.prepare(sql).raw().all()
    connection.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, chunk_words, 'instance')")
    const vectors = openVectorStore(connection, vectorStateRepository(connection).state())
    const ids = connection
      .prepare<[], number>(
        'SELECT chunks.id FROM chunks JOIN documents ON documents.id = document_id ORDER BY path, ordinal'
      )
      .pluck()
      .all()
    return {
      documents:
        all(`SELECT path, kind, status, reason, title, aliases, tags, properties, created_at, modified_at, bytes,
        hex(hash), chunk_count, hex(lines), hex(left_out) FROM documents ORDER BY path`),
      chunks:
        all(`SELECT path, ordinal, headings, text, search_text, context, facts, start, end, page, has_vector
        FROM chunks JOIN documents ON documents.id = document_id ORDER BY path, ordinal`),
      tags: all('SELECT path, tag FROM document_tags JOIN documents ON id = document_id ORDER BY path, tag'),
      names: all(
        'SELECT path, name, is_alias FROM document_names JOIN documents ON id = document_id ORDER BY path, name'
      ),
      links: all(`SELECT path, target, name, subpath, label, embed, line, start
        FROM links JOIN documents ON documents.id = document_id ORDER BY path, start, target`),
      words: all(`SELECT path, ordinal, col, offset, term FROM temp.terms JOIN chunks ON chunks.id = doc
        JOIN documents ON documents.id = document_id ORDER BY path, ordinal, col, offset, term`),
      vectors: vectors
        .vectors(ids)
        .map((vector) => vector && [...vector].map((value) => value.toFixed(5)).join())
    }
  } finally {
    connection.close()
  }
}
