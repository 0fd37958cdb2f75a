import type { SearchHit } from '../../contract/knowledge.ts'
import type { Usage } from '../../contract/usage.ts'
import type { ChatTool, OutputFormat, ReasoningRequest, ToolChoice } from './chat-options.ts'
import type { PromptMessage, VendorSignature } from './prompt.ts'

/** The wire dialects a request can come in, or an upstream can speak. */
export type Dialect =
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-completions'
  | 'anthropic-messages'
  | 'google-generate'
  | 'ollama-chat'
  | 'ollama-generate'
  | 'cohere-chat'

/** A chat request in no dialect: what every provider can be asked. Absent fields were not asked for. */
export interface ChatRequest {
  messages: PromptMessage[]
  tools?: ChatTool[]
  toolChoice?: ToolChoice
  /** Whether several tools may be called in one answer. */
  parallelToolCalls?: boolean
  reasoning?: ReasoningRequest
  output: OutputFormat
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  minP?: number
  frequencyPenalty?: number
  presencePenalty?: number
  seed?: number
  stop?: string[]
  /** Probabilities of the answer's tokens, with so many alternatives to each. */
  logprobs?: { top: number }
  /** The client's own id for whoever asks. */
  user?: string
  /** Parameters of the wire request that have no place above, by their wire names. */
  unmapped: string[]
}

/** The client's own request, so that an upstream of the same dialect can be given it unchanged. */
export interface WireRequest {
  dialect: Dialect
  body: Buffer
  json: Readonly<Record<string, unknown>>
  /** Headers of the dialect that an upstream of the same dialect must see (`anthropic-beta`), lower-case names. */
  headers: Readonly<Record<string, string>>
}

export interface ChatCall {
  /** The model's id at the provider. */
  model: string
  stream: boolean
  /** Parses on first use: a spliced request never pays for it. Throws `bad-request` for what it cannot read. */
  request: () => ChatRequest
  /** Null when the request was made here (the chat window, the command line). */
  wire: WireRequest | null
  /** Who asks: where a provider answers few at a time, different callers take turns. */
  caller?: string
  /** What was found in the person's notes for the question, best first. Only a model that quotes them looks at it. */
  passages?: readonly SearchHit[]
  /** Aborting stops the upstream at once; the events then throw the signal's reason. */
  signal: AbortSignal
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** One token of an answer and how probable it was (natural logarithm). */
export interface TokenLogprob {
  token: string
  logprob: number
  bytes: number[] | null
  top: { token: string; logprob: number; bytes: number[] | null }[]
}

/** What one event of an answer means, in no dialect. A plain answer is one event with all its parts. */
export type ChatPart =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  /** Closes the reasoning before it. With `redacted`, it is a block of its own that shows nothing. */
  | { type: 'reasoning-signature'; signature: VendorSignature; redacted?: boolean }
  /** `index` tells parallel calls apart, from 0, in the order they began. `id` is never empty. */
  | { type: 'tool-call-start'; index: number; id: string; name: string; signature?: VendorSignature }
  /** A piece of the JSON text of a call's arguments. */
  | { type: 'tool-call-delta'; index: number; arguments: string }
  /** A picture or sound that the model made, whole. */
  | { type: 'media'; mediaType: string; data: string }
  | { type: 'logprobs'; tokens: TokenLogprob[] }
  | { type: 'finish'; reason: FinishReason; stopSequence?: string }
  | { type: 'usage'; usage: Usage }
  /** The model that served the call, where the upstream names it. */
  | { type: 'served-model'; model: string }

export interface ChatEvent {
  parts: ChatPart[]
  /**
   * What the upstream sent for it, in `ChatAnswer.wireDialect`: one SSE `data` payload (or one line of NDJSON) when
   * streaming, else the whole body. Absent on an event the client did not ask for (a usage chunk): it counts, and is
   * withheld.
   */
  wire?: string
  /** The name of the SSE event that `wire` came in, where it had one. */
  wireEvent?: string
  /**
   * Homeport ends the answer here, in the middle: `parts` say why and what was used. No upstream sent anything for it; a
   * dialect writes its own ending, also after events that were handed on as they came.
   */
  isCut?: true
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
