import { HomeportError } from '../../errors/homeport-error.ts'
import { readText, type UpstreamHttp, type UpstreamResponse } from '../shared/http.ts'
import { asObject, type JsonObject, parseJson } from '../shared/json.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { refusedCall, reportedInAnswer } from './errors.ts'

/** A whole answer may hold pictures as text; an error is a few words. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const MAX_ERROR_BYTES = 256 * 1024

export interface GoogleRequest {
  url: URL
  /** Absent for a GET. */
  body?: Buffer
  accept: 'application/json' | 'text/event-stream'
  signal: AbortSignal
}

/** An answer whose head was accepted, and what is needed to read and to explain it. */
export interface GoogleAnswer {
  response: UpstreamResponse
  host: string
  key: string | null
  signal: AbortSignal
}

/** Sends a request with the key in its header, never in the address. Throws for an answer that refuses it. */
export async function sendRequest(
  config: ProviderConfig,
  http: UpstreamHttp,
  { url, body, accept, signal }: GoogleRequest
): Promise<GoogleAnswer> {
  const key = await config.key()
  const headers = { accept, ...(body && { 'content-type': 'application/json' }) }
  const response = await http.send({
    method: body ? 'POST' : 'GET',
    url,
    headers: key === null ? headers : { ...headers, 'x-goog-api-key': key },
    signal,
    ...(body && { body })
  })
  const answer = { response, host: url.host, key, signal }
  if (response.status < 200 || response.status > 299) {
    const text = await readText(response, { host: url.host, maxBytes: MAX_ERROR_BYTES, signal })
    throw refusedCall({
      host: url.host,
      status: response.status,
      headers: response.headers,
      body: text,
      key
    })
  }
  await checkContentType(answer, accept)
  return answer
}

/** The body of an answer in one piece. Throws `upstream-failed` for one that is no JSON object. */
export async function readObject({ response, host, key, signal }: GoogleAnswer): Promise<{
  text: string
  body: JsonObject
}> {
  const text = await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal })
  const body = asObject(parseJson(text))
  const reported = reportedInAnswer(host, body, key)
  if (reported) throw reported
  if (!body) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no answer of Gemini.`)
  }
  return { text, body }
}

/** Throws for an answer in another form than was asked for: a log-in page, or one piece instead of a stream. */
async function checkContentType(answer: GoogleAnswer, accept: GoogleRequest['accept']): Promise<void> {
  const { response, host, key, signal } = answer
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === undefined || type === accept) return
  if (type === 'application/json') {
    const text = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
    const error = new HomeportError(
      'upstream-failed',
      `${host} answered in one piece although a stream was asked for.`
    )
    throw reportedInAnswer(host, parseJson(text), key) ?? error
  }
  if (type !== 'text/html' && type !== 'text/event-stream') return
  response.body.destroy()
  const what = type === 'text/html' ? 'a web page' : 'a stream'
  throw new HomeportError(
    'upstream-failed',
    `${host} answered with ${what} instead of an answer of Gemini.`,
    {
      action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.'
    }
  )
}
