import type {
  AddSource,
  DocumentKind,
  Note,
  NoteGraph,
  SearchAnswer,
  Source,
  SourceFile,
  SourceParts,
  SourceReport,
  UpdateSource
} from '../contract/knowledge.ts'
import type { ExpandedPassage } from '../retrieval/expansion.ts'

/** The person's folders: what is kept of them, and what is found in them. */
export interface Knowledge {
  /** By name. */
  sources(): Source[]
  /** Resolves when it is kept; indexing goes on behind. Throws `bad-request` where the folder cannot be one. */
  add(source: AddSource): Promise<Source>
  /** Throws `not-found`, as all that name a source do. */
  update(id: string, change: UpdateSource): Promise<Source>
  /** Forgets the source and deletes its index; the folder stays as it is. */
  remove(id: string): Promise<void>
  /** Compares the folder with the index now. Resolves when that has begun. */
  rescan(id: string): Promise<Source>
  files(id: string, query: FilesPageQuery): Promise<{ files: SourceFile[]; next: string | null }>
  /** Folders and tags of a source with these letters, at most so many of each. */
  parts(id: string, letters: string, limit: number): Promise<SourceParts>
  report(id: string): Promise<SourceReport>
  /** Vaults that Obsidian knows on this machine and that are no source yet. */
  foundVaults(): Promise<FoundVault[]>
  /** What indexing a folder takes, by names and sizes alone. */
  measure(folder: string, excludes: readonly string[]): Promise<FolderSize>
  /** Throws `not-found` where the note is not indexed. */
  note(source: string, path: string): Promise<Note>
  /** A passage with as much around it as so many tokens hold; null where none begins at this byte. */
  expand(source: string, path: string, start: number, budgetTokens: number): Promise<ExpandedPassage | null>
  graph(source: string, path: string, depth: number): Promise<NoteGraph>
  /** Throws `not-found` where a scope names a source that is none. */
  search(question: KnowledgeQuestion, signal: AbortSignal): Promise<SearchAnswer>
  /** Starts to index and to watch. Until then the index only answers. */
  begin(): void
  close(): Promise<void>
}

export interface FilesPageQuery {
  status?: SourceFile['status'] | undefined
  /** Part of a path. */
  search?: string | undefined
  /** Files after this path. */
  after?: string | undefined
  limit: number
}

export interface KnowledgeQuestion {
  text: string
  /** As people write them: `vault/Food#recipe`. Empty: all there is. */
  scopes: readonly string[]
  limit: number
  kind?: DocumentKind | undefined
  /** Changed since, and before. Milliseconds UTC. */
  from?: number | undefined
  until?: number | undefined
  /** The last word may be half written. */
  typing?: boolean
  /** `provider/model` of a reranker that puts the best hits in its own order. */
  reranker?: string | undefined
  /** A model that puts the question in other words, which are searched too. */
  rewriter?: string | undefined
}

export interface FoundVault {
  name: string
  folder: string
}

export interface FolderSize {
  kind: Source['kind']
  files: number
  bytes: number
}
