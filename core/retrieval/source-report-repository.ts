import type { SourceReport } from '../contract/knowledge.ts'
import type { Connection } from '../store/connection.ts'
import { asLines, kindOf } from './document-repository.ts'

export interface ReportDocument {
  path: string
  lines: Uint32Array
  leftOut: Uint32Array
}

/** Reads what an index says of its source as a whole. Lists are cut at `limit`. */
export interface SourceReportRepository {
  byKind(): SourceReport['byKind']
  withoutText(): number
  /** Notes that neither link nor are linked. */
  orphans(limit: number): SourceReport['orphans']
  unresolvedLinks(limit: number): SourceReport['unresolvedLinks']
  /** Groups of paths whose files are the same to the byte. */
  sameFiles(limit: number): string[][]
  /** Unchanged since, the most linked first. */
  stale(since: number, limit: number): SourceReport['stale']
  eachDocument(): Iterable<ReportDocument>
  textsOf(path: string): string[]
}

export function sourceReportRepository(connection: Connection): SourceReportRepository {
  const byKind = connection.prepare<[], { kind: string; documents: number; chunks: number; bytes: number }>(`
    SELECT kind, count(*) AS documents, sum(chunk_count) AS chunks, sum(bytes) AS bytes
    FROM documents GROUP BY kind ORDER BY documents DESC`)
  const withoutText = connection
    .prepare<[], number>(`
      SELECT count(*) FROM documents
      WHERE NOT EXISTS (SELECT 1 FROM chunks WHERE document_id = documents.id AND text <> '')`)
    .pluck()
  const orphans = connection.prepare<[number], { path: string; title: string }>(`
    SELECT path, title FROM documents
    WHERE kind = 'markdown'
      AND NOT EXISTS (SELECT 1 FROM links JOIN document_names USING (name)
        WHERE links.document_id = documents.id AND document_names.document_id <> documents.id)
      AND NOT EXISTS (SELECT 1 FROM document_names JOIN links USING (name)
        WHERE document_names.document_id = documents.id AND links.document_id <> documents.id)
    ORDER BY path LIMIT ?`)
  const unresolved = connection.prepare<[number], { target: string; paths: string }>(`
    SELECT target, json_group_array(DISTINCT path) AS paths FROM links JOIN documents ON documents.id = document_id
    WHERE target <> '' AND NOT EXISTS (SELECT 1 FROM document_names WHERE document_names.name = links.name)
    GROUP BY target ORDER BY count(*) DESC, target LIMIT ?`)
  const sameFiles = connection
    .prepare<[number], string>(`
      SELECT json_group_array(path) FROM (SELECT path, hash FROM documents WHERE hash IS NOT NULL AND bytes > 0 ORDER BY path)
      GROUP BY hash HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT ?`)
    .pluck()
  const stale = connection.prepare<[number, number], SourceReport['stale'][number]>(`
    SELECT path, title, modified_at AS modifiedAt, (
      SELECT count(DISTINCT links.document_id) FROM document_names JOIN links USING (name)
      WHERE document_names.document_id = documents.id AND links.document_id <> documents.id) AS backlinks
    FROM documents WHERE kind = 'markdown' AND modified_at < ? ORDER BY backlinks DESC, modified_at LIMIT ?`)
  const eachDocument = connection.prepare<[], { path: string; lines: Buffer; leftOut: Buffer }>(
    'SELECT path, lines, left_out AS leftOut FROM documents WHERE length(lines) > 0'
  )
  const textsOf = connection
    .prepare<[string], string>(`
      SELECT coalesce(search_text, text) FROM chunks JOIN documents ON documents.id = document_id WHERE path = ?`)
    .pluck()

  return {
    byKind: () => byKind.all().map((row) => ({ ...row, kind: kindOf(row.kind) })),
    withoutText: () => withoutText.get() ?? 0,
    orphans: (limit) => orphans.all(limit),
    unresolvedLinks: (limit) =>
      unresolved.all(limit).map(({ target, paths }) => ({ target, from: texts(paths) })),
    sameFiles: (limit) => sameFiles.all(limit).map(texts),
    stale: (since, limit) => stale.all(since, limit),
    *eachDocument() {
      for (const { path, lines, leftOut } of eachDocument.iterate())
        yield { path, lines: asLines(lines), leftOut: asLines(leftOut) }
    },
    textsOf: (path) => textsOf.all(path)
  }
}

function texts(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}
