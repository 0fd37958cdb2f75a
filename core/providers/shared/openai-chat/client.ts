import type { ProviderConfig } from '../../spec/provider.ts'
import type { UpstreamBytes, UpstreamHttp } from '../http.ts'
import { ask, type Reply } from '../upstream-call.ts'
import { keyHeaders } from './headers.ts'
import type { OpenaiChatVendor } from './vendor.ts'

export interface Post {
  /** The address below the base URL: `chat/completions`. */
  operation: string
  /** Null where the body is no JSON that names it. */
  model: string | null
  body: UpstreamBytes
  accept?: string
  contentType?: string
  signal: AbortSignal
}

/** Sends requests to one configured vendor. */
export class VendorClient {
  readonly #config: ProviderConfig
  readonly #vendor: OpenaiChatVendor
  readonly #http: UpstreamHttp
  /** To parse one costs as much as to read a small answer. */
  readonly #urls = new Map<string, URL>()

  constructor(config: ProviderConfig, vendor: OpenaiChatVendor, http: UpstreamHttp) {
    this.#config = config
    this.#vendor = vendor
    this.#http = http
  }

  /** Resolves with the head of an answer; throws the upstream's refusal as a HomeportError. */
  async post({ operation, model, body, accept, contentType, signal }: Post): Promise<Reply> {
    const key = await this.#config.key()
    const url = this.#vendor.url?.(this.#config, operation, model) ?? this.#urlOf(operation)
    const headers = {
      accept: accept ?? 'application/json',
      'content-type': contentType ?? 'application/json',
      ...(this.#vendor.headers?.(this.#config, key) ?? keyHeaders(key))
    }
    return ask(this.#http, { url, headers, key, body, signal })
  }

  #urlOf(operation: string): URL {
    let url = this.#urls.get(operation)
    if (!url) {
      url = new URL(`${this.#config.baseUrl}/${operation}`)
      this.#urls.set(operation, url)
    }
    return url
  }
}
