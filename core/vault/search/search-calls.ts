import type { SourceParts, SourceReport } from '../../contract/knowledge.ts'
import type { ExpandedPassage } from '../../retrieval/expansion.ts'
import type {
  FilesQuery,
  IndexGraph,
  IndexSearchAnswer,
  IndexStats,
  ListedFile,
  SearchRequest,
  StoredDocument
} from '../../retrieval/knowledge-index.ts'
import type { SourcePartsQuery } from '../../retrieval/source-parts.ts'
import type { FolderSize } from '../knowledge.ts'
import type { IndexEmbedder } from '../sources/source-record.ts'

/** An index file that answers. */
export interface OpenIndex {
  path: string
  embedder: IndexEmbedder
}

export interface MeasuredFolder {
  folder: string
  excludes: string[]
  dataDir: string
}

/** What is asked of an index. `null` is answered where there is none yet, or not what was asked for. */
export interface IndexReads {
  search(index: OpenIndex, request: SearchRequest): Promise<IndexSearchAnswer | null>
  files(index: OpenIndex, query: FilesQuery): ListedFile[]
  parts(index: OpenIndex, query: SourcePartsQuery): SourceParts
  document(index: OpenIndex, path: string): StoredDocument | null
  expand(index: OpenIndex, path: string, start: number, budgetTokens: number): ExpandedPassage | null
  related(index: OpenIndex, path: string, limit: number): { path: string; title: string; score: number }[]
  graph(index: OpenIndex, path: string, depth: number, limit: number): IndexGraph
  report(index: OpenIndex): SourceReport
  stats(index: OpenIndex): IndexStats | null
  /** What indexing a folder takes; it needs no index. */
  measure(folder: MeasuredFolder): Promise<FolderSize>
  /** Its connection is closed: the file is deleted, or was made anew. */
  forget(indexPath: string): void
}
