/** Where the bytes of a picture, document or sound are. */
export type MediaSource =
  | { kind: 'base64'; mediaType: string; data: string }
  | { kind: 'url'; url: string }
  /** A file uploaded to one provider before, by its id there. */
  | { kind: 'file'; id: string }

/** Asks the provider to cache the prompt up to and including this part, for this long. */
export type CacheTtl = '5m' | '1h'

/**
 * What a vendor signs or encrypts of its model's reasoning, to be handed back unchanged in the next turn. Only the vendor
 * that made it can read it; whoever talks to another vendor leaves it out.
 */
export interface VendorSignature {
  vendor: 'anthropic' | 'google' | 'openai'
  value: string
}

/** A piece of what is said to a model, or of what a model said. */
export type ContentPart =
  | { type: 'text'; text: string; cache?: CacheTtl; signature?: VendorSignature }
  | { type: 'image'; source: MediaSource; detail?: 'low' | 'high' | 'auto'; cache?: CacheTtl }
  /** A PDF or another file; text documents have the media type `text/plain`, and are base64 like all others. */
  | { type: 'document'; source: MediaSource; name?: string; cache?: CacheTtl }
  | { type: 'audio'; source: MediaSource; cache?: CacheTtl }
  | ReasoningPart
  | ToolCallPart
  | ToolResultPart
  /** Something no neutral part exists for; `kind` is the wire's own name, for the warning. */
  | { type: 'unsupported'; kind: string }

/** What an assistant thought before it spoke. `redacted`: the vendor shows nothing of it, the signature is all there is. */
export interface ReasoningPart {
  type: 'reasoning'
  text: string
  signature?: VendorSignature
  redacted?: boolean
}

/** An assistant's wish that a tool is run. */
export interface ToolCallPart {
  type: 'tool-call'
  id: string
  name: string
  /** JSON text, as the model wrote it. May be empty for a tool without parameters. */
  arguments: string
  /** Gemini signs the call itself. */
  signature?: VendorSignature
  cache?: CacheTtl
}

/** What a tool gave back. Stands in a message of the role `tool`. */
export interface ToolResultPart {
  type: 'tool-result'
  callId: string
  /** The tool's name, where the dialect says it; otherwise it is found by the call's id. */
  name?: string
  content: ContentPart[]
  isError: boolean
  cache?: CacheTtl
}

/**
 * `system` messages may stand anywhere; where an upstream has one system prompt, they are joined. A `tool` message holds
 * only tool results.
 */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content: ContentPart[]
}
