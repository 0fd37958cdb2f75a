import type { ProviderConfig } from '../../spec/provider.ts'

/** What one vendor's chat completions do differently, as data. */
export interface ChatQuirks {
  /** The name of the output limit in a body written here. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens'
  /** Whether it must be asked for the usage of a stream; others send it unasked, and refuse the wish. */
  readonly usage: 'asked' | 'unasked'
  /** Parameters that it knows by another name. */
  readonly renames: Readonly<Record<string, string>>
  /**
   * Parameters that it refuses: they are dropped, whoever wrote them, and named in a warning. `messages.name` stands for
   * that member of each message, `tools.strict` for that of each tool's function.
   */
  readonly refuses: readonly string[]
  /** Whether it knows the role `developer`; elsewhere those messages are the system's. */
  readonly developerRole: boolean
  /** What a tool call's id must look like. Others are mapped, the same one always to the same. */
  readonly toolCallIds: 'any' | 'nine-alphanumerics'
  /** Values of `tool_choice` that it knows; a named tool becomes `required`, others `auto`, with a warning. */
  readonly toolChoice: 'any' | 'words' | 'auto-or-none' | 'auto'
  /** Whether it can be held to a JSON schema; elsewhere it is asked for JSON, and the schema is put into words. */
  readonly jsonSchema: boolean
  /** Whether it can be asked for just any JSON; elsewhere it is asked for an object without a further schema. */
  readonly jsonObject: boolean
  /** Whether an assistant's content may be null beside tool calls; elsewhere it is an empty text. */
  readonly nullContent: boolean
  /** Whether one role may speak twice in a row; elsewhere its messages are merged. */
  readonly repeatedRoles: boolean
  /** Whether a user may speak right after a tool; elsewhere a word of the assistant is put between them. */
  readonly userAfterTool: boolean
  /** What marks an assistant's message at the end as one to go on with; null where nothing does. */
  readonly prefill: 'prefix' | 'partial' | null
  /** How it is asked to think. */
  readonly reasoning:
    | 'reasoning_effort'
    | 'reasoning'
    | 'thinking'
    | 'thinking-and-effort'
    | 'enable_thinking'
    | 'chat_template_kwargs'
    | 'none'
  /** Efforts that it knows by another name, or not at all. */
  readonly efforts: Readonly<Record<string, string>>
  /**
   * What it is given back of earlier reasoning. `with-tool-calls`: `reasoning_content` of every message that holds tool
   * calls, which it demands, empty where there is none.
   */
  readonly replay:
    | 'nothing'
    | 'reasoning_content'
    | 'with-tool-calls'
    | 'reasoning_details'
    | 'thinking_blocks'
    | 'extra_content'
  /** Whether it fetches pictures by their address, or takes them as data only. */
  readonly imageUrls: boolean
  /** How it takes documents. */
  readonly documents: 'none' | 'file' | 'document_url'
  readonly audio: boolean
  /** Whether the result of a tool may hold pictures; elsewhere they follow in a message of the user. */
  readonly toolResultImages: boolean
  /** Whether it knows Anthropic's `cache_control` on parts of a message. */
  readonly cacheControl: boolean
}

/** A server that does what OpenAI's reference says as of 2024, and is lenient about the rest, as most are. */
export const commonQuirks: ChatQuirks = {
  maxTokens: 'max_tokens',
  usage: 'asked',
  renames: {},
  refuses: [],
  developerRole: true,
  toolCallIds: 'any',
  toolChoice: 'any',
  jsonSchema: true,
  jsonObject: true,
  nullContent: true,
  repeatedRoles: true,
  userAfterTool: true,
  prefill: null,
  reasoning: 'reasoning_effort',
  efforts: {},
  replay: 'nothing',
  imageUrls: true,
  documents: 'file',
  audio: true,
  toolResultImages: false,
  cacheControl: false
}

/** OpenAI itself, and Azure: the newest parameters, and a refusal for each that it does not know. */
export const openaiQuirks: ChatQuirks = {
  ...commonQuirks,
  maxTokens: 'max_completion_tokens',
  refuses: ['top_k', 'min_p']
}

/** A vendor that speaks OpenAI's chat completions. */
export interface OpenaiChatVendor {
  readonly kind: string
  readonly quirks: ChatQuirks
  /** Whether it has `/rerank` beside OpenAI's own operations. */
  readonly rerank?: boolean
  /** Where an operation (`chat/completions`) of a model is asked; absent: below the base URL. */
  url?(config: ProviderConfig, operation: string, model: string | null): URL
  /** What a request carries of the key and of the vendor's own headers; absent: `authorization: Bearer`. Throws `bad-request`. */
  headers?(config: ProviderConfig, key: string | null): Record<string, string>
}
