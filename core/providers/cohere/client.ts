import { HomeportError } from '../../errors/homeport-error.ts'
import { checkAnswerForm } from '../shared/answer-form.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import type { JsonObject } from '../shared/json.ts'
import { keyHeaders } from '../shared/openai-chat/headers.ts'
import { ask, type Reply, readJson } from '../shared/upstream-call.ts'
import { upstreamError } from '../shared/upstream-error.ts'
import type { ProviderConfig } from '../spec/provider.ts'

export interface CohereRequest {
  /** Below the base URL: `/v2/chat`. */
  path: string
  /** Absent for a GET. */
  body?: Buffer
  stream?: boolean
  signal: AbortSignal
}

/** Throws the upstream's refusal as a HomeportError, and `upstream-failed` for an answer in another form than asked for. */
export async function sendRequest(
  config: ProviderConfig,
  http: UpstreamHttp,
  { path, body, stream = false, signal }: CohereRequest
): Promise<Reply> {
  const key = await config.key()
  const headers = {
    accept: stream ? 'text/event-stream' : 'application/json',
    ...(body && { 'content-type': 'application/json' }),
    ...keyHeaders(key)
  }
  const question = { url: new URL(`${config.baseUrl}${path}`), headers, key, signal, ...(body && { body }) }
  const reply = await ask(http, question, (refusal) => upstreamError({ ...refusal, dialect: 'cohere-chat' }))
  await checkAnswerForm(reply, { stream, what: 'an answer of Cohere' })
  return reply
}

/** The body of an answer in one piece. Throws `upstream-failed` for one that is no JSON object. */
export async function readObject(reply: Reply): Promise<{ text: string; body: JsonObject }> {
  const { text, body } = await readJson(reply)
  if (!body) throw notCohere(reply.host)
  return { text, body }
}

export function notCohere(host: string): HomeportError {
  return new HomeportError('upstream-failed', `${host} answered with something that is no answer of Cohere.`)
}
