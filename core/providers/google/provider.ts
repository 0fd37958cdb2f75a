import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asCount } from '../shared/json.ts'
import { usefulHeaders } from '../shared/openai-chat/headers.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../spec/provider.ts'
import { AnswerReader } from './answer-reader.ts'
import { type GoogleAnswer, readObject, sendRequest } from './client.ts'
import { writeCountRequest } from './count-tokens.ts'
import { embed } from './embed.ts'
import { methodUrl } from './model-path.ts'
import { readStream } from './read-stream.ts'
import { writeRequest } from './request-body.ts'

/** Gemini by Google's own API. Format: https://ai.google.dev/api/generate-content */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  const { baseUrl } = config

  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const { stream, signal } = call
    const { bytes, warnings } = writeRequest(call, baseUrl)
    const url = methodUrl(baseUrl, call.model, stream ? 'streamGenerateContent' : 'generateContent')
    if (stream) url.search = '?alt=sse'
    const accept = stream ? 'text/event-stream' : 'application/json'
    const answer = await sendRequest(config, http, { url, body: bytes, accept, signal })
    return {
      wireDialect: 'google-generate',
      headers: usefulHeaders(answer.response.headers),
      warnings,
      events: stream ? readStream(answer) : readPlain(answer)
    }
  }

  const countTokens = async (call: ChatCall): Promise<number> => {
    const url = methodUrl(baseUrl, call.model, 'countTokens')
    const body = writeCountRequest(call, baseUrl)
    const answer = await sendRequest(config, http, {
      url,
      body,
      accept: 'application/json',
      signal: call.signal
    })
    const count = asCount((await readObject(answer)).body.totalTokens)
    if (count === null) throw new HomeportError('upstream-failed', `${url.host} counted no tokens.`)
    return count
  }

  return {
    id: config.id,
    name: config.name,
    kind,
    onDevice: false,
    pricing: config.pricing,
    listModels: () => config.models.map((id) => ({ id, name: id, contextTokens: null })),
    chat,
    countTokens,
    embed: (call) => embed(config, http, call)
  }
}

async function* readPlain(answer: GoogleAnswer): AsyncGenerator<ChatEvent> {
  const { text, body } = await readObject(answer)
  const reader = new AnswerReader()
  const parts = reader.read(body)
  if (!reader.isComplete && !Array.isArray(body.candidates)) {
    throw new HomeportError(
      'upstream-failed',
      `${answer.host} answered with something that is no answer of Gemini.`
    )
  }
  yield { parts, wire: text }
}
