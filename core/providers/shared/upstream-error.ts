import type { ErrorCode } from '../../contract/errors.ts'
import { HomeportError, type HomeportErrorOptions } from '../../errors/homeport-error.ts'
import { retryAfterSeconds } from '../../lib/retry-after.ts'
import type { Dialect } from '../spec/chat.ts'
import { asObject, asText, type JsonObject, parseJson } from './json.ts'
import { refusalReason } from './refusal-reason.ts'

/** A response of an upstream that refuses the call. */
export interface UpstreamRefusal {
  host: string
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** The key that was sent, so that it can be struck out of what the upstream echoes. */
  key: string | null
  /** Whose error object the body holds, so that clients of the same dialect get it as it is. */
  dialect?: Dialect
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
 * on; what is too long for the model or against the vendor's content policy gets a code of its own. A refused key becomes
 * a 502 in our words: the client's own key, Homeport's, was right.
 */
export function upstreamError(refusal: UpstreamRefusal, now = Date.now()): HomeportError {
  const { host, status, headers, key } = refusal
  if (status === 401 || status === 403) return keyRefused(host, status, key)

  const read = readError(struck(refusal.body, key))
  const retryAfter = retryAfterSeconds(headers, now)
  const options: HomeportErrorOptions = {
    upstreamStatus: status,
    retryable: status === 429 || status >= 500,
    ...(retryAfter !== null && { retryAfterSeconds: retryAfter }),
    ...wireOf(read, refusal.dialect)
  }
  const words = read?.words ? `: ${read.words}` : '.'
  // a rate limit on tokens is worded like a prompt that is too long
  const code = (read && status !== 429 ? refusalReason(read) : null) ?? passedOn[status]
  if (code && status < 500) {
    const param = asText(read?.error.param)
    return new HomeportError(code, `${host} answered ${status}${words}`, {
      ...options,
      status,
      ...(param && { param })
    })
  }
  if (status === 402) options.action = 'Add credit to your account with the provider.'
  return new HomeportError('upstream-failed', `${host} failed with status ${status}${words}`, options)
}

/** The error of a stream or a body of status 200 that holds an error object. */
export function reportedError(
  host: string,
  body: JsonObject,
  key: string | null,
  dialect?: Dialect
): HomeportError {
  const read = readError(struck(JSON.stringify(body), key))
  const code = (read && refusalReason(read)) ?? 'upstream-failed'
  return new HomeportError(code, `${host} reported an error${read?.words ? `: ${read.words}` : '.'}`, {
    retryable: read !== null && isPassing(read.error),
    ...wireOf(read, dialect)
  })
}

/** The error that stands in an answer of status 200; null where there is none. */
export function errorInAnswer(
  host: string,
  body: unknown,
  key: string | null,
  dialect?: Dialect
): HomeportError | null {
  const answer = asObject(body)
  return answer?.error ? reportedError(host, answer, key, dialect) : null
}

function keyRefused(host: string, status: number, key: string | null): HomeportError {
  return new HomeportError(
    'upstream-failed',
    key === null
      ? `${host} wants a key, and none is saved (${status}).`
      : `${host} refused the provider's key (${status}).`,
    { action: 'Check the key of the provider under Models.', upstreamStatus: status }
  )
}

/** Whether an error object says that the same call may succeed soon. */
const isPassing = ({ type, code, status }: JsonObject): boolean =>
  [type, code, status].some((word) =>
    /^(overloaded|rate_limit|unavailable|429$|503$|529$)/i.test(String(word))
  )

interface ReadError {
  /** All of the body. */
  top: JsonObject
  error: JsonObject
  words: string | null
}

/** The error inside `{error: {...}}`, `{error: "..."}`, `{message}` (vLLM, Mistral, Cohere) or `{detail}` (FastAPI). */
function readError(body: string): ReadError | null {
  const top = asObject(parseJson(body))
  if (!top) return null
  const message = asText(top.error) ?? asText(top.message) ?? asText(top.detail)
  const error = asObject(top.error) ?? (message === null ? null : { ...top, message })
  return error && { top, error, words: wordsOf(error) }
}

/** What clients of a dialect can read as their own: of OpenAI's, the error object; of all others, the whole body. */
function wireOf(
  read: ReadError | null,
  dialect: Dialect = 'openai-chat'
): Pick<HomeportErrorOptions, 'wire'> {
  if (!read) return {}
  if (dialect !== 'openai-chat') return { wire: { dialect, body: read.top } }
  const { error } = read
  const isReadable = typeof error.message === 'string' && 'type' in error
  return isReadable ? { wire: { dialect, body: { error } } } : {}
}

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
