import { join } from 'node:path'
import type { IngestTask } from '../ingest/ingest-messages.ts'
import { type IndexFile, indexFileName, type SourceRecord } from './source-record.ts'
import type { Sources } from './sources.ts'

/** What the index files of sources are called: by path, and by the key of the task that keeps each. */
export interface IndexTasks {
  pathOf(source: SourceRecord, file: IndexFile): string
  keyOf(source: SourceRecord, file: IndexFile): string
  /** Whose index file it is; null where the source is gone. */
  sourceOf(key: string): SourceRecord | null
  /** The one that answers, and the one that is to take its place. */
  filesOf(source: SourceRecord): IndexFile[]
  of(source: SourceRecord, file: IndexFile): IngestTask
}

export function indexTasks(sources: Pick<Sources, 'get'>, dataDir: string): IndexTasks {
  const tasks: IndexTasks = {
    pathOf: ({ id }, file) => join(dataDir, indexFileName(id, file)),
    keyOf: ({ id }, { generation }) => `${id}/${generation}`,
    sourceOf: (key) => sources.get(key.slice(0, key.lastIndexOf('/'))),
    filesOf: ({ indexFile, nextFile }) => (nextFile ? [indexFile, nextFile] : [indexFile]),
    of: (source, file) => ({
      key: tasks.keyOf(source, file),
      folder: source.folder,
      excludes: source.excludes,
      dataDir,
      indexPath: tasks.pathOf(source, file),
      embedder: file.embedder
    })
  }
  return tasks
}
