import { HomeportError } from '../../errors/homeport-error.ts'
import { readText, type UpstreamBytes, type UpstreamHttp, type UpstreamResponse } from './http.ts'
import { asCount, asObject, type JsonObject, parseJson } from './json.ts'
import { type UpstreamRefusal, upstreamError } from './upstream-error.ts'

/** A whole answer may hold pictures, sound and vectors as text; an error is a few words. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
export const MAX_ERROR_BYTES = 256 * 1024

export interface Question {
  url: URL
  /** With the key in them. */
  headers: Record<string, string>
  /** Absent for a GET. */
  body?: UpstreamBytes
  /** The key that is sent, to be struck out of what the upstream echoes. */
  key: string | null
  signal: AbortSignal
}

/** An answer whose head was accepted, and what is needed to read and to explain it. */
export interface Reply {
  response: UpstreamResponse
  host: string
  key: string | null
  signal: AbortSignal
}

/** Sends one request; resolves with the head of an answer, and throws a refusal as `explain` words it. */
export async function ask(
  http: UpstreamHttp,
  { url, headers, body, key, signal }: Question,
  explain: (refusal: UpstreamRefusal) => HomeportError = upstreamError
): Promise<Reply> {
  const method = body ? 'POST' : 'GET'
  const response = await http.send({ method, url, headers, signal, ...(body && { body }) })
  const { host } = url
  const { status } = response
  if (status >= 200 && status < 300) return { response, host, key, signal }
  const words = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
  throw explain({ host, status, headers: response.headers, body: words, key })
}

/** All of an answer as text. Throws as `readText` does. */
export function readWhole({ response, host, signal }: Reply, maxBytes = MAX_ANSWER_BYTES): Promise<string> {
  return readText(response, { host, maxBytes, signal })
}

/** All of an answer, as text and as the object it should be; null where it is none. Throws as `readText` does. */
export async function readJson(reply: Reply): Promise<{ text: string; body: JsonObject | null }> {
  const text = await readWhole(reply)
  return { text, body: asObject(parseJson(text)) }
}

/** The count of tokens in an answer that holds nothing else. Throws `upstream-failed` for one that has none. */
export async function readTokenCount(reply: Reply, member: string): Promise<number> {
  const count = asCount((await readJson(reply)).body?.[member])
  if (count !== null) return count
  throw new HomeportError(
    'upstream-failed',
    `${reply.host} answered with something that is no count of tokens.`
  )
}
