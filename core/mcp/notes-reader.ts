import type { Note, SearchAnswer, Source, SourceFile } from '../contract/knowledge.ts'

/** The person's notes, as far as a client of the protocol may see them. */
export interface NotesReader {
  sources(): NamedSource[] | Promise<NamedSource[]>
  /** Throws `not-found` where a scope names a source that is none. */
  search(question: NotesQuestion, signal: AbortSignal): Promise<NotesAnswer>
  /** Throws `not-found`. */
  note(source: string, path: string): Promise<Note>
  files(source: string, query: NotesPageQuery): Promise<NotesPage>
}

export type NamedSource = Pick<Source, 'id' | 'embedder'>

export type NotesAnswer = Pick<SearchAnswer, 'hits' | 'belowFloor' | 'problems'>

export interface NotesQuestion {
  text: string
  /** As people write them: `vault/Food#recipe`. Empty: all there is. */
  scopes: readonly string[]
  limit: number
}

export interface NotesPageQuery {
  status: 'indexed'
  /** Part of a path. */
  search?: string
  /** Files after this path. */
  after?: string
  limit: number
}

export interface NotesPage {
  files: Pick<SourceFile, 'path' | 'title' | 'kind' | 'modifiedAt'>[]
  /** The path after which there is more; null at the end. */
  next: string | null
}
