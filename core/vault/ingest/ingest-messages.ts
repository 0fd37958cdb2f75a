import type { IndexStats } from '../../retrieval/knowledge-index.ts'
import type { IndexEmbedder } from '../sources/source-record.ts'
import type { Progress } from './pace.ts'

/** One folder and the index that is kept of it. */
export interface IngestTask {
  /** Of the source and its index file. */
  key: string
  folder: string
  excludes: string[]
  /** Our own data, which is never indexed. */
  dataDir: string
  indexPath: string
  embedder: IndexEmbedder
}

/** How a folder and its index stand. */
export interface IngestStatus {
  key: string
  state: 'indexing' | 'ready' | 'missing' | 'failed'
  problem: string | null
  progress: Progress | null
  stats: IndexStats
  indexBytes: number
}

export type ToIngest =
  /** Compare what stands at these paths with the index; null: all of the folder. */
  | { type: 'look'; task: IngestTask; paths: string[] | null }
  | { type: 'drop'; key: string }
  | EmbedAnswer
  | { type: 'close' }

export type FromIngest =
  | { type: 'status'; status: IngestStatus }
  /** The index was begun anew: connections to the old file read what is no longer kept. */
  | { type: 'renewed'; key: string }
  /** It was made with another version of its embedder, so another file has to be filled. */
  | { type: 'other-embedder'; key: string }
  /** The index could not be opened. */
  | { type: 'broken'; key: string; problem: string }
  | { type: 'dropped'; key: string }
  | EmbedCall

/** A thread asks the daemon's for vectors of a model. */
export interface EmbedCall {
  type: 'embed'
  id: number
  /** Its id, as the index keeps it. */
  embedder: string
  texts: readonly string[]
  purpose: 'query' | 'document'
}
export type EmbedAnswer =
  | { type: 'vectors'; id: number; vectors: Float32Array[] }
  | { type: 'embed-failed'; id: number; message: string }
