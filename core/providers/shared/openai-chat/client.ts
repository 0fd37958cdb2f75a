import type { ProviderConfig } from '../../spec/provider.ts'
import { readText, type UpstreamHttp, type UpstreamResponse } from '../http.ts'
import { upstreamError } from '../upstream-error.ts'
import { keyHeaders } from './headers.ts'
import type { OpenaiChatVendor } from './vendor.ts'

/** A whole answer may hold images and sound as text; an error is a few words. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024
export const MAX_ERROR_BYTES = 256 * 1024

export interface Posted {
  response: UpstreamResponse
  host: string
  /** The key that was sent, to be struck out of what the upstream echoes. */
  key: string | null
}

export interface Post {
  /** The address below the base URL: `chat/completions`. */
  operation: string
  /** Null where the body is no JSON that names it. */
  model: string | null
  body: Buffer
  accept?: string
  contentType?: string
  signal: AbortSignal
}

/** Sends requests to one configured vendor. */
export class VendorClient {
  readonly #config: ProviderConfig
  readonly #vendor: OpenaiChatVendor
  readonly #http: UpstreamHttp

  constructor(config: ProviderConfig, vendor: OpenaiChatVendor, http: UpstreamHttp) {
    this.#config = config
    this.#vendor = vendor
    this.#http = http
  }

  /** Resolves with the head of an answer; throws the upstream's refusal as a HomeportError. */
  async post({ operation, model, body, accept, contentType, signal }: Post): Promise<Posted> {
    const key = await this.#config.key()
    const url =
      this.#vendor.url?.(this.#config, operation, model) ?? new URL(`${this.#config.baseUrl}/${operation}`)
    const headers = {
      accept: accept ?? 'application/json',
      'content-type': contentType ?? 'application/json',
      ...(this.#vendor.headers?.(this.#config, key) ?? keyHeaders(key))
    }
    const response = await this.#http.send({ method: 'POST', url, headers, body, signal })
    const { host } = url
    if (response.status >= 200 && response.status < 300) return { response, host, key }
    const text = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
    throw upstreamError({ host, status: response.status, headers: response.headers, body: text, key })
  }
}
