import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asCount } from '../shared/json.ts'
import { usefulHeaders } from '../shared/openai-chat/headers.ts'
import { identityOf } from '../shared/provider-identity.ts'
import { readSseAnswer } from '../shared/sse-answer.ts'
import type { Reply } from '../shared/upstream-call.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../spec/provider.ts'
import { AnswerReader } from './answer-reader.ts'
import { notGemini, readObject, sendRequest } from './client.ts'
import { writeCountRequest } from './count-tokens.ts'
import { embed } from './embed.ts'
import { methodUrl } from './model-path.ts'
import { ChunkReader } from './read-stream.ts'
import { writeRequest } from './request-body.ts'

/** Gemini by Google's own API. Format: https://ai.google.dev/api/generate-content */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  const { baseUrl } = config

  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const { stream, signal } = call
    const { bytes, warnings } = writeRequest(call, baseUrl)
    const url = methodUrl(baseUrl, call.model, stream ? 'streamGenerateContent' : 'generateContent')
    if (stream) url.search = '?alt=sse'
    const reply = await sendRequest(config, http, { url, body: bytes, stream, signal })
    const { response, host, key } = reply
    return {
      wireDialect: 'google-generate',
      headers: usefulHeaders(response.headers),
      warnings,
      events: stream ? readSseAnswer(reply, new ChunkReader(host, key)) : readPlain(reply)
    }
  }

  const countTokens = async (call: ChatCall): Promise<number> => {
    const url = methodUrl(baseUrl, call.model, 'countTokens')
    const body = writeCountRequest(call, baseUrl)
    const reply = await sendRequest(config, http, { url, body, signal: call.signal })
    const count = asCount((await readObject(reply)).body.totalTokens)
    if (count === null) throw new HomeportError('upstream-failed', `${url.host} counted no tokens.`)
    return count
  }

  return { ...identityOf(config, kind), chat, countTokens, embed: (call) => embed(config, http, call) }
}

async function* readPlain(reply: Reply): AsyncGenerator<ChatEvent> {
  const { text, body } = await readObject(reply)
  const reader = new AnswerReader()
  const parts = reader.read(body)
  if (!reader.isComplete && !Array.isArray(body.candidates)) throw notGemini(reply.host)
  yield { parts, wire: text }
}
