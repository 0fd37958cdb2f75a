import type { UpstreamBytes, UpstreamHttp } from '../shared/http.ts'
import { ask, type Reply } from '../shared/upstream-call.ts'
import { upstreamError } from '../shared/upstream-error.ts'
import type { WireRequest } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { requestHeaders } from './headers.ts'

export interface AnthropicRequest {
  /** The address below the base URL, with its query: `v1/messages`. */
  path: string
  body?: UpstreamBytes
  accept?: string
  wire?: WireRequest | null
  betas?: readonly string[]
  signal: AbortSignal
}

/** Sends one request; resolves with the head of an answer and throws a refusal as a HomeportError. */
export async function sendRequest(
  config: Pick<ProviderConfig, 'baseUrl' | 'key'>,
  http: UpstreamHttp,
  { path, body, accept = 'application/json', wire = null, betas = [], signal }: AnthropicRequest
): Promise<Reply> {
  const key = await config.key()
  const url = new URL(`${config.baseUrl}/${path}`)
  const headers = requestHeaders(key, accept, wire, betas)
  return ask(http, { url, headers, key, signal, ...(body && { body }) }, (refusal) =>
    upstreamError({ ...refusal, dialect: 'anthropic-messages' })
  )
}
