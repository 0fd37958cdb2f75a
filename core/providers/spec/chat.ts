import type { Usage } from '../../contract/usage.ts'

/** The wire dialects a request can come in, or an upstream can speak. */
export type Dialect = 'openai-chat'

/** A piece of a message. Later parts (images, documents) are added here. */
export type ContentPart =
  | { type: 'text'; text: string }
  /** Something no neutral part exists for yet; `kind` is the wire's own name, for the warning. */
  | { type: 'unsupported'; kind: string }

export interface PromptMessage {
  role: 'system' | 'user' | 'assistant'
  content: ContentPart[]
}

/** How the answer must look. `json`: any JSON value. */
export type OutputFormat = 'text' | 'json' | { name: string; schema: unknown }

/** A chat request in no dialect: what every provider can be asked. Absent fields were not asked for. */
export interface ChatRequest {
  messages: PromptMessage[]
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  minP?: number
  seed?: number
  stop?: string[]
  output: OutputFormat
  /** Parameters of the wire request that have no place above, by their wire names. */
  unmapped: string[]
}

/** The client's own bytes, so that an upstream of the same dialect can be given them unchanged. */
export interface WireRequest {
  dialect: Dialect
  body: Buffer
  json: Readonly<Record<string, unknown>>
}

export interface ChatCall {
  /** The model's id at the provider. */
  model: string
  stream: boolean
  /** Parses on first use: a spliced request never pays for it. Throws `bad-request` for what it cannot read. */
  request: () => ChatRequest
  /** Null when the request was made here (the chat window, the command line). */
  wire: WireRequest | null
  /** Aborting stops the upstream at once; the events then throw the signal's reason. */
  signal: AbortSignal
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** What one event of an answer means, in no dialect. */
export type ChatPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'finish'; reason: FinishReason }
  | { type: 'usage'; usage: Usage }
  /** The model that served the call, where the upstream names it. */
  | { type: 'served-model'; model: string }

export interface ChatEvent {
  parts: ChatPart[]
  /**
   * What the upstream sent for it, in `ChatAnswer.wireDialect`: one SSE `data` payload when streaming, else the whole
   * body. Absent on an event the client did not ask for (a usage chunk): it counts, and is withheld.
   */
  wire?: string
}

export interface ChatAnswer {
  /** Set when `wire` of the events can be handed to a client of that dialect as it is. */
  wireDialect: Dialect | null
  /** Upstream response headers that a client may use (request id, rate limits), lower-case names. */
  headers: Record<string, string>
  /** What was dropped or changed on the way, in words. */
  warnings: string[]
  /** Ends normally only after a complete answer; a broken-off upstream throws `upstream-failed`. */
  events: AsyncIterable<ChatEvent>
}
