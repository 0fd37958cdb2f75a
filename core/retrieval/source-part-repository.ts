import type { SourceParts } from '../contract/knowledge.ts'
import type { Connection } from '../store/connection.ts'

/** Reads which folders and tags an index has. */
export interface SourcePartRepository {
  /** Folders that documents stand in, each with those in it alone, none of its subfolders. */
  folders(): SourceParts['folders']
  /** Tags with these letters, in lower case, nested ones under each of their parts. Those of most documents first. */
  tags(letters: string, limit: number): SourceParts['tags']
}

export function sourcePartRepository(connection: Connection): SourcePartRepository {
  // without all its letters but slashes, a path ends where its last folder does
  const folders = connection.prepare<[], SourceParts['folders'][number]>(`
    SELECT rtrim(rtrim(path, replace(path, '/', '')), '/') AS path, count(*) AS documents FROM documents
    WHERE instr(path, '/') > 0 GROUP BY 1`)
  const tags = connection.prepare<[string, number], SourceParts['tags'][number]>(`
    SELECT tag, count(*) AS documents FROM document_tags WHERE instr(tag, ?) > 0
    GROUP BY tag ORDER BY documents DESC, tag LIMIT ?`)
  return {
    folders: () => folders.all(),
    tags: (letters, limit) => tags.all(letters, limit)
  }
}
