import type { UpstreamHttp } from '../shared/http.ts'
import { usefulHeaders } from '../shared/openai-chat/headers.ts'
import { readSseAnswer } from '../shared/sse-answer.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../spec/provider.ts'
import { type CohereAnswer, readObject, sendRequest } from './client.ts'
import { embed } from './embed.ts'
import { readAnswer } from './read-answer.ts'
import { StreamedAnswer } from './read-stream.ts'
import { writeRequest } from './request-body.ts'
import { rerank } from './rerank.ts'

/** Cohere by its own API. Format: https://docs.cohere.com/reference/chat */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const { stream, signal } = call
    const { bytes, warnings } = writeRequest(call, config.options.safetyMode)
    const accept = stream ? 'text/event-stream' : 'application/json'
    const answer = await sendRequest(config, http, { path: '/v2/chat', body: bytes, accept, signal })
    const { host, key } = answer
    return {
      wireDialect: 'cohere-chat',
      headers: usefulHeaders(answer.response.headers),
      warnings,
      events: stream
        ? readSseAnswer(answer.response.body, new StreamedAnswer(host, key), { host, signal })
        : readPlain(answer)
    }
  }

  return {
    id: config.id,
    name: config.name,
    kind,
    onDevice: false,
    pricing: config.pricing,
    listModels: () => config.models.map((id) => ({ id, name: id, contextTokens: null })),
    chat,
    embed: (call) => embed(config, http, call),
    rerank: (call) => rerank(config, http, call)
  }
}

async function* readPlain(answer: CohereAnswer): AsyncGenerator<ChatEvent> {
  const { text, body } = await readObject(answer)
  yield { parts: readAnswer(body, answer), wire: text }
}
