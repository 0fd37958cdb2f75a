import type { ErrorCode } from '../../contract/errors.ts'
import { HomeportError, type HomeportErrorOptions } from '../../errors/homeport-error.ts'
import { asObject, asText, type JsonObject, parseJson } from './json.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** A response of an upstream that refuses the call. */
export interface UpstreamRefusal {
  host: string
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** The key that was sent, so that it can be struck out of what the upstream echoes. */
  key: string | null
}

/** Statuses that speak of the client's own request, and so reach the client as they are. */
const passedOn: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  404: 'not-found',
  413: 'too-large',
  422: 'bad-request',
  429: 'rate-limited'
}

/**
 * The error of a refused call. Of 400, 404, 413, 422 and 429 the status and the upstream's own error object are passed
 * on. A refused key becomes a 502 in our words: the client's own key, Homeport's, was right.
 */
export function upstreamError(refusal: UpstreamRefusal, now = Date.now()): HomeportError {
  const { host, status, headers, key } = refusal
  if (status === 401 || status === 403) return keyRefused(host, status, key)

  const error = errorObjectOf(struck(refusal.body, key))
  const words = error && wordsOf(error)
  const retryAfter = retryAfterSeconds(headers, now)
  const options: HomeportErrorOptions = {
    retryable: status === 429 || status >= 500,
    ...(retryAfter !== null && { retryAfterSeconds: retryAfter }),
    ...(error && isWire(error) && { wire: { dialect: 'openai-chat', body: { error } } })
  }
  const code = passedOn[status]
  if (code) {
    const param = asText(error?.param)
    return new HomeportError(code, `${host} answered ${status}${words ? `: ${words}` : '.'}`, {
      ...options,
      status,
      ...(param && { param })
    })
  }
  if (status === 402) options.action = 'Add credit to your account with the provider.'
  return new HomeportError(
    'upstream-failed',
    `${host} failed with status ${status}${words ? `: ${words}` : '.'}`,
    options
  )
}

/** The error of a stream or a body of status 200 that holds an error object. */
export function reportedError(host: string, body: JsonObject, key: string | null): HomeportError {
  const error = errorObjectOf(struck(JSON.stringify(body), key))
  const words = error && wordsOf(error)
  return new HomeportError('upstream-failed', `${host} reported an error${words ? `: ${words}` : '.'}`, {
    ...(error && isWire(error) && { wire: { dialect: 'openai-chat', body: { error } } })
  })
}

function keyRefused(host: string, status: number, key: string | null): HomeportError {
  return new HomeportError(
    'upstream-failed',
    key === null
      ? `${host} wants a key, and none is saved (${status}).`
      : `${host} refused the provider's key (${status}).`,
    { action: 'Check the key of the provider under Models.' }
  )
}

/** The error inside `{error: {...}}`, `{error: "..."}`, `{message}` (vLLM, Mistral) or `{detail}` (FastAPI). */
function errorObjectOf(body: string): JsonObject | null {
  const top = asObject(parseJson(body))
  if (!top) return null
  const message = asText(top.error) ?? asText(top.message) ?? asText(top.detail)
  return asObject(top.error) ?? (message === null ? null : { message })
}

/** Whether clients of OpenAI's dialect can read it as their own. */
const isWire = (error: JsonObject): boolean => typeof error.message === 'string' && 'type' in error

const MAX_WORDS = 500

/** What the upstream says, on one line: its words must not steer a terminal. */
function wordsOf(error: JsonObject): string | null {
  const words = asText(error.message)
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
  if (!words) return null
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words
}

const struck = (text: string, key: string | null): string => (key ? text.replaceAll(key, '[key]') : text)
