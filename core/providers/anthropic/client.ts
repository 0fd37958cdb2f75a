import { readText, type UpstreamHttp, type UpstreamResponse } from '../shared/http.ts'
import { upstreamError } from '../shared/upstream-error.ts'
import type { WireRequest } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { requestHeaders } from './headers.ts'

/** A whole answer may hold long texts; an error is a few words. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const MAX_ERROR_BYTES = 256 * 1024

export interface Question {
  /** The address below the base URL, with its query: `v1/messages`. */
  path: string
  body?: Buffer
  accept?: string
  wire?: WireRequest | null
  betas?: readonly string[]
  signal: AbortSignal
}

export interface Reply {
  response: UpstreamResponse
  host: string
  /** The key that was sent, to be struck out of what the upstream echoes. */
  key: string | null
}

/** Sends one request; resolves with the head of an answer and throws a refusal as a HomeportError. */
export async function ask(
  config: Pick<ProviderConfig, 'baseUrl' | 'key'>,
  http: UpstreamHttp,
  { path, body, accept = 'application/json', wire = null, betas = [], signal }: Question
): Promise<Reply> {
  const key = await config.key()
  const url = new URL(`${config.baseUrl}/${path}`)
  const { host } = url
  const response = await http.send({
    method: body ? 'POST' : 'GET',
    url,
    headers: requestHeaders(key, accept, wire, betas),
    ...(body && { body }),
    signal
  })
  if (response.status >= 200 && response.status < 300) return { response, host, key }
  const { status, headers } = response
  const text = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
  throw upstreamError({ host, status, headers, body: text, key, dialect: 'anthropic-messages' })
}
