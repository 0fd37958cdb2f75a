import { HomeportError } from '../../errors/homeport-error.ts'
import { readText, type UpstreamHttp, type UpstreamResponse } from '../shared/http.ts'
import { asObject, type JsonObject, parseJson } from '../shared/json.ts'
import { upstreamError } from '../shared/upstream-error.ts'
import type { ProviderConfig } from '../spec/provider.ts'

/** A whole answer; the largest are vectors as text. An error is a few words. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const MAX_ERROR_BYTES = 256 * 1024

export interface CohereRequest {
  /** Below the base URL: `/v2/chat`. */
  path: string
  /** Absent for a GET. */
  body?: Buffer
  accept?: 'application/json' | 'text/event-stream'
  signal: AbortSignal
}

/** An answer whose head was accepted, and what is needed to read and to explain it. */
export interface CohereAnswer {
  response: UpstreamResponse
  host: string
  key: string | null
  signal: AbortSignal
}

/** Throws the upstream's refusal as a HomeportError, and `upstream-failed` for an answer in another form than asked for. */
export async function sendRequest(
  config: ProviderConfig,
  http: UpstreamHttp,
  { path, body, accept = 'application/json', signal }: CohereRequest
): Promise<CohereAnswer> {
  const key = await config.key()
  const url = new URL(`${config.baseUrl}${path}`)
  const response = await http.send({
    method: body ? 'POST' : 'GET',
    url,
    headers: {
      accept,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== null && { authorization: `Bearer ${key}` })
    },
    signal,
    ...(body && { body })
  })
  const { host } = url
  const { status, headers } = response
  if (status < 200 || status > 299) {
    const text = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
    throw upstreamError({ host, status, headers, body: text, key, dialect: 'cohere-chat' })
  }
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== undefined && type !== accept) {
    response.body.destroy()
    throw new HomeportError('upstream-failed', `${host} answered with ${type} instead of ${accept}.`, {
      action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.'
    })
  }
  return { response, host, key, signal }
}

/** The body of an answer in one piece. Throws `upstream-failed` for one that is no JSON object. */
export async function readObject({ response, host, signal }: CohereAnswer): Promise<{
  text: string
  body: JsonObject
}> {
  const text = await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal })
  const body = asObject(parseJson(text))
  if (!body) throw notCohere(host)
  return { text, body }
}

export function notCohere(host: string): HomeportError {
  return new HomeportError('upstream-failed', `${host} answered with something that is no answer of Cohere.`)
}
