import type { Reader, Statement } from '../../store/store.ts'
import { type SourceRecord, sourceRecordSchema } from './source-record.ts'

interface SourceRow {
  id: string
  name: string
  kind: string
  folder: string
  excludes: string
  paused: number
  createdAt: number
  indexFile: string
  nextFile: string | null
}

/** The table `knowledge_sources`. */
export function readSources(reader: Reader): SourceRecord[] {
  const rows = reader.all<SourceRow>(
    `SELECT id, name, kind, folder, excludes, paused, created_at AS createdAt, index_file AS indexFile,
       next_file AS nextFile
     FROM knowledge_sources ORDER BY id`
  )
  return rows.map((row) =>
    sourceRecordSchema.parse({
      ...row,
      excludes: JSON.parse(row.excludes),
      paused: row.paused !== 0,
      indexFile: JSON.parse(row.indexFile),
      nextFile: row.nextFile === null ? null : JSON.parse(row.nextFile)
    })
  )
}

export const putSource = (source: SourceRecord): Statement => ({
  sql: `
    INSERT INTO knowledge_sources (id, name, kind, folder, excludes, paused, created_at, index_file, next_file)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, excludes = excluded.excludes,
      paused = excluded.paused, index_file = excluded.index_file, next_file = excluded.next_file`,
  params: [
    source.id,
    source.name,
    source.kind,
    source.folder,
    JSON.stringify(source.excludes),
    source.paused ? 1 : 0,
    source.createdAt,
    JSON.stringify(source.indexFile),
    source.nextFile && JSON.stringify(source.nextFile)
  ]
})

export const deleteSource = (id: string): Statement => ({
  sql: 'DELETE FROM knowledge_sources WHERE id = ?',
  params: [id]
})
