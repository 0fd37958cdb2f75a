import type { HomeportError } from '../../errors/homeport-error.ts'
import { asArray, asObject, asText, type JsonObject, parseJson } from '../shared/json.ts'
import { reportedError, type UpstreamRefusal, upstreamError } from '../shared/upstream-error.ts'
import type { Dialect } from '../spec/chat.ts'

/** The error of a refused call, which a client of Google's dialect sees in Google's own words. */
export function refusedCall(refusal: Omit<UpstreamRefusal, 'dialect'>): HomeportError {
  const error = errorOf(parseJson(refusal.body))
  if (!error) return upstreamError(refusal)
  const details = asArray(error.details).map((detail) => asObject(detail) ?? {})
  // Google calls a wrong key an invalid argument; passed on, it would look like the client's mistake
  const isKeyRefused = refusal.status === 400 && details.some(({ reason }) => reason === 'API_KEY_INVALID')
  const delay = retryDelay(details)
  const { body, ...dialect } = quotable(error)
  return upstreamError({
    ...refusal,
    ...dialect,
    body: JSON.stringify(body),
    status: isKeyRefused ? 401 : refusal.status,
    headers: delay === null ? refusal.headers : { ...refusal.headers, 'retry-after': delay }
  })
}

/** The error that stands in a stream, or in a body of status 200; null where there is none. */
export function reportedInAnswer(host: string, body: unknown, key: string | null): HomeportError | null {
  const error = errorOf(body)
  if (!error) return null
  const { dialect, body: own } = quotable(error)
  return reportedError(host, own, key, dialect)
}

/** What stands between here and Google may answer in a shape of its own: of that only the words are handed on. */
function quotable(error: JsonObject): { dialect?: Dialect; body: JsonObject } {
  const { code, message, status } = error
  const isGoogle = typeof code === 'number' && typeof message === 'string' && typeof status === 'string'
  return isGoogle ? { dialect: 'google-generate', body: { error } } : { body: { error: { message } } }
}

/** `{error: {...}}`, or a list of that where a stream was asked for. */
function errorOf(body: unknown): JsonObject | null {
  const top = Array.isArray(body) ? body[0] : body
  return asObject(asObject(top)?.error)
}

/** Seconds of `google.rpc.RetryInfo`, whose delay is written like `34.07s`. */
function retryDelay(details: readonly JsonObject[]): string | null {
  const info = details.find((detail) => asText(detail['@type'])?.endsWith('google.rpc.RetryInfo'))
  return /^(\d+(?:\.\d+)?)s$/.exec(asText(info?.retryDelay) ?? '')?.[1] ?? null
}
