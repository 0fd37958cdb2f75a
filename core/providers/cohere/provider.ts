import type { UpstreamHttp } from '../shared/http.ts'
import { usefulHeaders } from '../shared/openai-chat/headers.ts'
import { identityOf } from '../shared/provider-identity.ts'
import { readSseAnswer } from '../shared/sse-answer.ts'
import type { Reply } from '../shared/upstream-call.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../spec/provider.ts'
import { readObject, sendRequest } from './client.ts'
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
    const reply = await sendRequest(config, http, { path: '/v2/chat', body: bytes, stream, signal })
    const { response, host, key } = reply
    return {
      wireDialect: 'cohere-chat',
      headers: usefulHeaders(response.headers),
      warnings,
      events: stream ? readSseAnswer(reply, new StreamedAnswer(host, key)) : readPlain(reply)
    }
  }

  return {
    ...identityOf(config, kind),
    chat,
    embed: (call) => embed(config, http, call),
    rerank: (call) => rerank(config, http, call)
  }
}

async function* readPlain(reply: Reply): AsyncGenerator<ChatEvent> {
  const { text, body } = await readObject(reply)
  yield { parts: readAnswer(body, reply), wire: text }
}
