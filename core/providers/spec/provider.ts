import type { ChatAnswer, ChatCall } from './chat.ts'

/** A model at a provider, before it gets its `provider/model` address. */
export interface ProviderModel {
  id: string
  name: string
  contextTokens: number | null
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
  listModels(): ProviderModel[]
  chat(call: ChatCall): Promise<ChatAnswer>
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
  /** Reads the key at the moment of the call, so that a changed key needs no restart. */
  key: () => Promise<string | null>
}

/**
 * What a folder `providers/<id>/` exports as `adapter` from its `adapter.ts`. The registry finds it there; nothing else
 * in the program names it.
 */
export interface ProviderAdapter {
  readonly kind: string
  readonly label: string
  /** Checks and tidies an address before it is saved; throws `bad-request` with what is wrong. */
  normalizeBaseUrl(baseUrl: string): string
  create(config: ProviderConfig): ModelProvider
  test(config: ProviderConfig, signal: AbortSignal): Promise<ConnectionTest>
}
