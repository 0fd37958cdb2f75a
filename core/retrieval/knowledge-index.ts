import type { DocumentKind, SearchAnswer, SourceParts, SourceReport } from '../contract/knowledge.ts'
import type { DocumentChunk, IndexDocument, UnreadDocument } from './document.ts'
import type { Embedder } from './embedder.ts'
import type { ExpandedPassage } from './expansion.ts'
import type { SourcePartsQuery } from './source-parts.ts'

/** What is known of a file without opening it again. */
export interface KnownFile {
  path: string
  modifiedAt: number
  bytes: number
  hash: Uint8Array | null
  status: 'indexed' | UnreadDocument['status']
}

/**
 * The writing side of one index, for the thread that ingests. Every method is one transaction: after a kill at any point
 * the index is as before or as after it, and `files()` says what is still to do. An index belongs to one embedder: a
 * change of embedder fills another index file while this one serves.
 */
export interface IndexWriter {
  files(): KnownFile[]
  /**
   * Adds or replaces documents, each path once. Full text finds them when it returns. Chunks whose text and breadcrumb were
   * there before keep their vectors.
   */
  put(documents: readonly IndexDocument[]): void
  /** Keeps files in the list that have no text in the index: still to be read, failed, left out. */
  putUnread(documents: readonly UnreadDocument[]): void
  /**
   * The same file in another folder: nothing is read or embedded again. False where its name is another one too: what is
   * searched of it has changed then, so it must be put anew and the old path removed.
   */
  rename(from: string, to: string, modifiedAt: number): boolean
  /** Only its times changed. */
  touch(path: string, modifiedAt: number, bytes: number): void
  remove(paths: readonly string[]): void
  /** Gives vectors to at most `limit` chunks that have none, newest first. Resolves with how many are left. */
  embedNext(limit: number, signal: AbortSignal): Promise<number>
  /** The folder and the index agree. Milliseconds UTC. */
  markComplete(at: number): void
  stats(): IndexStats
  /**
   * Work that may wait, in steps of about `budgetMs` milliseconds: leaves out lines that many documents turned out to
   * share, sorts vectors. False when there is none left.
   */
  maintain(budgetMs: number): boolean
  close(): void
}

export interface IndexStats {
  documents: number
  chunks: number
  chunksWithoutVector: number
  failures: number
  lastChangeAt: number | null
  completeAt: number | null
}

/** A question to one or more indexes. */
export interface SearchRequest {
  text: string
  /** The same in other words, searched like parts of it. */
  alternatives?: readonly string[]
  /** Narrow it further than the text does; all must hold, of `folders` and `tags` one each. */
  filter: SearchFilter
  limit: number
  typing: boolean
  now: number
}
export interface SearchFilter {
  folders?: string[]
  tags?: string[]
  kind?: DocumentKind
  from?: number
  until?: number
}

/** A found chunk as the index has it; the vault room makes a passage of it. */
export interface FoundChunk {
  document: { path: string; kind: DocumentKind; title: string; tags: string[]; modifiedAt: number }
  chunk: Pick<DocumentChunk, 'headings' | 'text' | 'start' | 'end' | 'page'>
  highlights: [number, number][]
  score: number
  why: SearchAnswer['hits'][number]['why']
}

export interface IndexSearchAnswer extends Pick<SearchAnswer, 'understood' | 'belowFloor'> {
  hits: FoundChunk[]
}

/** The reading side, for the thread that searches: its own read-only connection, beside a writer in another thread. */
export interface IndexReader {
  search(request: SearchRequest, embedder: Embedder | null, signal: AbortSignal): Promise<IndexSearchAnswer>
  /** Of the embedder whose vectors serve now; null before there are any. */
  servingEmbedder(): string | null
  document(path: string): StoredDocument | null
  files(query: FilesQuery): ListedFile[]
  parts(query: SourcePartsQuery): SourceParts
  /** Resolves as Obsidian does: a path, or the shortest path that ends in it, also without its extension. */
  resolve(target: string, from: string): string | null
  graph(path: string, depth: number, limit: number): IndexGraph
  related(path: string, limit: number): { path: string; title: string; score: number }[]
  /** The passage that begins at this byte, with as much around it as `budgetTokens` hold; null where none begins there. */
  expand(path: string, start: number, budgetTokens: number): ExpandedPassage | null
  /** Takes up to a second for ten thousand notes. */
  report(): SourceReport
  stats(): IndexStats
  close(): void
}

export interface StoredDocument extends Omit<IndexDocument, 'chunks' | 'links' | 'hash'> {
  chunks: Pick<DocumentChunk, 'headings' | 'text' | 'start' | 'end' | 'page'>[]
  links: { target: string; path: string | null; title: string | null; line: string }[]
  backlinks: { path: string; title: string; line: string }[]
}
export interface FilesQuery {
  status?: KnownFile['status']
  search?: string
  after?: string
  limit: number
}
export interface ListedFile {
  path: string
  kind: DocumentKind
  title: string
  status: KnownFile['status']
  reason: string | null
  chunks: number
  bytes: number
  modifiedAt: number
}
export interface IndexGraph {
  nodes: { path: string; title: string; distance: number; links: number }[]
  edges: { from: string; to: string }[]
  truncated: boolean
}
