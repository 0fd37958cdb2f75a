import type { IndexDocument } from '../../retrieval/document.ts'

/** A file that was read. */
export interface FileContent {
  /** Within its source, with `/` between folders, in Unicode's composed form. */
  path: string
  bytes: Uint8Array
  /** Milliseconds UTC, as the file system has them; `createdAt` is null where it does not say. */
  modifiedAt: number
  createdAt: number | null
}

/** A document, and what was wrong with it though it could be read. */
export interface ReadDocument extends IndexDocument {
  /** In words for the person. */
  problem: string | null
}

/** What a kind of file knows of itself; the rest is the same for all. */
export type DocumentBody = Pick<
  ReadDocument,
  'title' | 'aliases' | 'tags' | 'properties' | 'createdAt' | 'chunks' | 'links' | 'problem'
>
