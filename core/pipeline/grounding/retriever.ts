import type { SearchHit } from '../../contract/knowledge.ts'

/** What is looked up for one call. */
export interface Lookup {
  text: string
  /** As people write them, `*` for all there is; never empty. */
  scopes: readonly string[]
  limit: number
  /** Nothing leaves this machine for it, not even the question to be embedded. */
  onDeviceOnly: boolean
}

export interface Findings {
  /** Best first; empty where nothing is near enough. */
  hits: readonly SearchHit[]
  /** What could not be asked and why, in words. */
  problems: readonly string[]
}

/** The person's notes and files, as far as a call needs them. */
export interface Retriever {
  /** Throws `not-found` where a scope names a source that is none, and the signal's reason. */
  find(lookup: Lookup, signal: AbortSignal): Promise<Findings>
}

/** A passage as an answer names it: `[1]`. */
export interface NumberedPassage extends SearchHit {
  number: number
}
