import { HomeportError } from '../../errors/homeport-error.ts'
import { asArray, asObject, asText, type JsonObject, parseJson } from '../shared/json.ts'
import { reportedError, type UpstreamRefusal, upstreamError } from '../shared/upstream-error.ts'

/** The error of a refused call, which a client of Google's dialect sees in Google's own words. */
export function refusedCall(refusal: UpstreamRefusal): HomeportError {
  const error = errorOf(parseJson(struck(refusal.body, refusal.key)))
  // Google calls a wrong key an invalid argument; passed on, it would look like the client's mistake
  const isKeyRefused = refusal.status === 400 && reasonsOf(error).includes('API_KEY_INVALID')
  if (!error || isKeyRefused || refusal.status === 401 || refusal.status === 403) {
    return upstreamError(isKeyRefused ? { ...refusal, status: 401 } : refusal)
  }
  return quoting(upstreamError({ ...refusal, body: JSON.stringify({ error }) }), error)
}

/** The error that stands in a stream, or in a body of status 200. */
export function reportedInAnswer(host: string, body: unknown, key: string | null): HomeportError | null {
  const error = errorOf(body)
  if (!error) return null
  const reported = reportedError(host, { error }, key)
  return quoting(reported, asObject(parseJson(struck(JSON.stringify(error), key))) ?? {})
}

/** `{error: {...}}`, or a list of that where a stream was asked for. */
function errorOf(body: unknown): JsonObject | null {
  const top = Array.isArray(body) ? body[0] : body
  return asObject(asObject(top)?.error)
}

function quoting(error: HomeportError, wire: JsonObject): HomeportError {
  const retryAfterSeconds = retryDelayOf(wire) ?? error.retryAfterSeconds
  return new HomeportError(error.code, error.message, {
    status: error.status,
    retryable: error.retryable,
    wire: { dialect: 'google-generate', body: { error: wire } },
    ...(error.action !== null && { action: error.action }),
    ...(retryAfterSeconds !== null && { retryAfterSeconds })
  })
}

const detailsOf = (error: JsonObject | null): JsonObject[] =>
  asArray(error?.details).map((item) => asObject(item) ?? {})

const reasonsOf = (error: JsonObject | null) => detailsOf(error).flatMap(({ reason }) => asText(reason) ?? [])

const DAY_SECONDS = 86_400

/** Seconds of `google.rpc.RetryInfo`, whose delay is written like `34.07s`. */
function retryDelayOf(error: JsonObject): number | null {
  const info = detailsOf(error).find((detail) => asText(detail['@type'])?.endsWith('google.rpc.RetryInfo'))
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(asText(info?.retryDelay) ?? '')?.[1] ?? Number.NaN)
  return Number.isNaN(seconds) ? null : Math.min(Math.ceil(seconds), DAY_SECONDS)
}

const struck = (text: string, key: string | null): string => (key ? text.replaceAll(key, '[key]') : text)
