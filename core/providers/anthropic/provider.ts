import { checkAnswerForm } from '../shared/answer-form.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { readPlainAnswer } from '../shared/plain-answer.ts'
import { identityOf } from '../shared/provider-identity.ts'
import { readSseAnswer } from '../shared/sse-answer.ts'
import { readTokenCount } from '../shared/upstream-call.ts'
import { errorInAnswer } from '../shared/upstream-error.ts'
import type { ChatAnswer } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig, ProviderModel } from '../spec/provider.ts'
import { sendRequest } from './client.ts'
import { MessageEventReader } from './event-reader.ts'
import { usefulHeaders } from './headers.ts'
import { traitsOf } from './model-traits.ts'
import { readMessage } from './read-message.ts'
import { writeCountRequest, writeRequest } from './request-body.ts'

/** A server that speaks Anthropic's Messages. */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  return {
    ...identityOf(config, kind),
    listModels: () => config.models.map(toModel),

    async chat(call): Promise<ChatAnswer> {
      const { wire, stream, signal } = call
      const { bytes, warnings, betas } = writeRequest(call)
      const accept = stream ? 'text/event-stream' : 'application/json'
      const request = { path: 'v1/messages', body: bytes, accept, wire, betas, signal }
      const reply = await sendRequest(config, http, request)
      await checkAnswerForm(reply, {
        stream,
        what: 'a message',
        reported: (host, body, key) => errorInAnswer(host, body, key, 'anthropic-messages')
      })
      const { response, host, key } = reply
      return {
        wireDialect: 'anthropic-messages',
        headers: usefulHeaders(response.headers),
        warnings,
        events: stream
          ? readSseAnswer(reply, new MessageEventReader(host, key))
          : readPlainAnswer(reply, readMessage)
      }
    },

    async countTokens(call) {
      const { wire, signal } = call
      const { bytes, betas } = writeCountRequest(call)
      const reply = await sendRequest(config, http, {
        path: 'v1/messages/count_tokens',
        body: bytes,
        wire,
        betas,
        signal
      })
      return readTokenCount(reply, 'input_tokens')
    }
  }
}

function toModel(id: string): ProviderModel {
  const { contextTokens, maxOutput, structured, thinking } = traitsOf(id)
  const abilities = { vision: true, tools: true, json: structured, reasoning: thinking !== 'none' }
  // of another vendor's models behind the dialect nothing is known
  return {
    id,
    name: id,
    contextTokens,
    ...(contextTokens !== null && { maxOutputTokens: maxOutput, abilities })
  }
}
