import type { Readable } from 'node:stream'
import type { Usage } from '../../contract/usage.ts'

// What a model can be asked beside a chat. Each promises what `ModelProvider.chat` does: it throws a HomeportError for an
// upstream that refuses or breaks off, and stops the upstream when its signal fires.

export interface EmbedCall {
  model: string
  /** Texts; empty where `tokens` are given. */
  inputs: string[]
  /**
   * Texts cut into tokens of the model's own vocabulary by the client, in place of `inputs`. Only a provider with
   * `embedsTokens` is given them.
   */
  tokens?: number[][]
  /** Of the vectors, where the model can shorten them. */
  dimensions?: number
  /** What the vectors are for; models that make no difference ignore it. */
  purpose?: 'query' | 'document'
  /** Who asks, as in `ChatCall`. */
  caller?: string
  signal: AbortSignal
}
export interface EmbedAnswer {
  /** One for each input, in their order. */
  vectors: number[][]
  usage: Usage | null
  servedModel: string | null
  warnings: string[]
}

export interface RerankCall {
  model: string
  query: string
  documents: string[]
  /** Only the best so many. */
  topN?: number
  /** Who asks, as in `ChatCall`. */
  caller?: string
  signal: AbortSignal
}
export interface RerankAnswer {
  /** Best first. `index` is the document's place in the call; scores are from 0 to 1, comparable within one answer. */
  results: { index: number; score: number }[]
  usage: Usage | null
  warnings: string[]
}

/** Addresses of OpenAI's API that are handed on as they are, below the provider's base URL. */
export const rawOperations = [
  'images/generations',
  'audio/transcriptions',
  'audio/speech',
  'moderations'
] as const
export type RawOperation = (typeof rawOperations)[number]

export interface RawCall {
  operation: RawOperation
  /** With the model's name at the provider already in it. */
  body: Buffer
  contentType: string
  signal: AbortSignal
}
export interface RawAnswer {
  /** Lower-case names. */
  headers: Record<string, string>
  contentType: string
  /** Must be read to its end or destroyed. */
  body: Readable
}
