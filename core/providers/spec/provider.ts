import type { ChatAnswer, ChatCall } from './chat.ts'
import type { EmbedAnswer, EmbedCall, RawAnswer, RawCall, RerankAnswer, RerankCall } from './operations.ts'

/** What a model can do, as far as anyone knows; absent is unknown. */
export interface ModelAbilities {
  vision?: boolean
  tools?: boolean
  json?: boolean
  reasoning?: boolean
}

/** A model at a provider, before it gets its `provider/model` address. */
export interface ProviderModel {
  id: string
  name: string
  /** What it is for; absent is a chat, as far as anyone knows. */
  kind?: 'chat' | 'embedding' | 'rerank'
  /** The longest prompt. */
  contextTokens: number | null
  /** Of one answer, thoughts included; absent is unknown. */
  maxOutputTokens?: number
  abilities?: ModelAbilities
}

/**
 * A model server, or this machine's engine. `chat` resolves once the upstream has accepted the call (its response head
 * is there) and throws a HomeportError when it has not.
 */
export interface ModelProvider {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly onDevice: boolean
  /** `free` runs on this machine; a vendor's price list applies; or nobody knows. */
  readonly pricing: 'free' | 'unknown' | { vendor: string }
  /** It answers with `ChatCall.passages` and nothing else: it is no language model. */
  readonly quotesPassages?: boolean
  listModels(): ProviderModel[]
  chat(call: ChatCall): Promise<ChatAnswer>
  /** Tokens of the request as the vendor itself counts them. Absent where it does not. */
  countTokens?(call: ChatCall): Promise<number>
  embed?(call: EmbedCall): Promise<EmbedAnswer>
  /** Whether `embed` takes tokens in place of texts. */
  readonly embedsTokens?: boolean
  rerank?(call: RerankCall): Promise<RerankAnswer>
  /** Hands a request of OpenAI's API on as it is. */
  raw?(call: RawCall): Promise<RawAnswer>
}

/** Result of asking a provider whether it works with the given address and key. Never throws for an upstream's failure. */
export interface ConnectionTest {
  ok: boolean
  message: string
  latencyMs: number | null
  models: string[]
}

/** What a person configured for one provider. */
export interface ProviderConfig {
  id: string
  name: string
  baseUrl: string
  models: string[]
  pricing: 'free' | 'unknown' | { vendor: string }
  /** The vendor's own settings: an api-version, deployments, extra headers. Read by the adapter that knows them. */
  options: Readonly<Record<string, string>>
  /** Reads the key at the moment of the call, so that a changed key needs no restart. */
  key: () => Promise<string | null>
}

/** A setting of one vendor's own. */
export interface ProviderOption {
  name: string
  label: string
  /** What it is for, and an example. */
  hint: string
  required: boolean
}

/**
 * One kind of provider. A folder `providers/<id>/` exports those it has as the list `adapters` from its `adapter.ts`; the
 * registry finds them there, and nothing else in the program names them.
 */
export interface ProviderAdapter {
  readonly kind: string
  readonly label: string
  /** Where the vendor answers; null where the person must say. */
  readonly defaultBaseUrl: string | null
  /** False where it answers without a key. */
  readonly needsKey: boolean
  /** What `ProviderConfig.options` may hold. */
  readonly options: readonly ProviderOption[]
  /** Checks and tidies an address before it is saved; throws `bad-request` with what is wrong. */
  normalizeBaseUrl(baseUrl: string): string
  create(config: ProviderConfig): ModelProvider
  test(config: ProviderConfig, signal: AbortSignal): Promise<ConnectionTest>
}
