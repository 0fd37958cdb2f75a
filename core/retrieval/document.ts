import type { DocumentKind } from '../contract/knowledge.ts'

/** A file as it is indexed: read, taken apart, and no longer in need of the file. */
export interface IndexDocument {
  /** Within its source, with `/` between folders, in Unicode's composed form. */
  path: string
  kind: DocumentKind
  title: string
  aliases: string[]
  /** Without `#`, as written. */
  tags: string[]
  properties: Record<string, unknown>
  /** Milliseconds UTC; null where nothing says. */
  createdAt: number | null
  modifiedAt: number
  bytes: number
  /** SHA-256 of the file. */
  hash: Uint8Array
  chunks: DocumentChunk[]
  links: DocumentLink[]
  /** What was wrong with it though it could be read, in words for the person. */
  problem?: string | null
  /** Given where it was worked out on another thread: see `prepareDocument`. */
  prepared?: PreparedText
}

export interface PreparedText {
  /** Hashes of its different lines. */
  lines: Uint32Array
  /** Of its passages, with all of their lines; null where they are asked for later. */
  vectors: Float32Array[] | null
}

/** A passage: what is searched, embedded and quoted. */
export interface DocumentChunk {
  /** From the outermost in; the title is not among them. */
  headings: string[]
  /** As it stands in the file. */
  text: string
  /** What is searched and embedded, where it is not `text`: without markup, comments, repeated boilerplate. */
  searchText?: string
  /** Bytes in the file; of a PDF, in its text. */
  start: number
  end: number
  /** Of a PDF, from 1. */
  page: number | null
  /** What stands around it, searched with less weight: a conversation's turns before and after. */
  context?: string
  /** What is known to follow from it, searched beside it. */
  facts?: string
}

export interface DocumentLink {
  /** As written, without heading or block: `Notes/Home` or `Home`. Empty for a link within the note. */
  target: string
  /** `Heading` of `[[Note#Heading]]`, `^block` of `[[Note#^block]]`. */
  subpath: string | null
  /** What is shown in its place. */
  label: string | null
  embed: boolean
  /** The line it stands in, cut to a readable length. */
  line: string
  /** Byte in the file. */
  start: number
}

/** A file that is known but has no text in the index, and why. */
export interface UnreadDocument {
  path: string
  kind: DocumentKind
  modifiedAt: number
  bytes: number
  status: 'pending' | 'failed' | 'skipped'
  /** In words for the person. */
  reason: string | null
}
