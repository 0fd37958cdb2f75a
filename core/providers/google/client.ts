import { HomeportError } from '../../errors/homeport-error.ts'
import { checkAnswerForm } from '../shared/answer-form.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import type { JsonObject } from '../shared/json.ts'
import { ask, type Reply, readJson } from '../shared/upstream-call.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { refusedCall, reportedInAnswer } from './errors.ts'

export interface GoogleRequest {
  url: URL
  /** Absent for a GET. */
  body?: Buffer
  stream?: boolean
  signal: AbortSignal
}

/** Sends a request with the key in its header, never in the address. Throws for an answer that refuses it. */
export async function sendRequest(
  config: ProviderConfig,
  http: UpstreamHttp,
  { url, body, stream = false, signal }: GoogleRequest
): Promise<Reply> {
  const key = await config.key()
  const headers = {
    accept: stream ? 'text/event-stream' : 'application/json',
    ...(body && { 'content-type': 'application/json' }),
    ...(key !== null && { 'x-goog-api-key': key })
  }
  const reply = await ask(http, { url, headers, key, signal, ...(body && { body }) }, refusedCall)
  await checkAnswerForm(reply, { stream, what: 'an answer of Gemini', reported: reportedInAnswer })
  return reply
}

/** The body of an answer in one piece. Throws `upstream-failed` for one that is no JSON object. */
export async function readObject(reply: Reply): Promise<{ text: string; body: JsonObject }> {
  const { text, body } = await readJson(reply)
  const reported = reportedInAnswer(reply.host, body, reply.key)
  if (reported) throw reported
  if (!body) throw notGemini(reply.host)
  return { text, body }
}

export function notGemini(host: string): HomeportError {
  return new HomeportError('upstream-failed', `${host} answered with something that is no answer of Gemini.`)
}
