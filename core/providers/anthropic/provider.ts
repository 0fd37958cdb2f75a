import { HomeportError } from '../../errors/homeport-error.ts'
import { readText, type UpstreamHttp } from '../shared/http.ts'
import { asCount, asObject, parseJson } from '../shared/json.ts'
import { readSseAnswer } from '../shared/sse-answer.ts'
import { reportedError } from '../shared/upstream-error.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ModelProvider, ProviderConfig, ProviderModel } from '../spec/provider.ts'
import { ask, MAX_ANSWER_BYTES, type Reply } from './client.ts'
import { MessageEventReader } from './event-reader.ts'
import { usefulHeaders } from './headers.ts'
import { traitsOf } from './model-traits.ts'
import { readMessage } from './read-message.ts'
import { writeCountRequest, writeRequest } from './request-body.ts'

/** A server that speaks Anthropic's Messages. */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  return {
    id: config.id,
    name: config.name,
    kind,
    onDevice: false,
    pricing: config.pricing,
    listModels: () => config.models.map(toModel),

    async chat(call): Promise<ChatAnswer> {
      const { wire, stream, signal } = call
      const { bytes, warnings, betas } = writeRequest(call)
      const accept = stream ? 'text/event-stream' : 'application/json'
      const reply = await ask(config, http, { path: 'v1/messages', body: bytes, accept, wire, betas, signal })
      await checkContentType(reply, call)
      const { response, host, key } = reply
      return {
        wireDialect: 'anthropic-messages',
        headers: usefulHeaders(response.headers),
        warnings,
        events: stream
          ? readSseAnswer(response.body, new MessageEventReader(host, key), { host, signal })
          : readPlain(reply, signal)
      }
    },

    async countTokens(call) {
      const { wire, signal } = call
      const { bytes, betas } = writeCountRequest(call)
      const reply = await ask(config, http, {
        path: 'v1/messages/count_tokens',
        body: bytes,
        wire,
        betas,
        signal
      })
      const text = await readText(reply.response, { host: reply.host, maxBytes: MAX_ANSWER_BYTES, signal })
      const count = asCount(asObject(parseJson(text))?.input_tokens)
      if (count !== null) return count
      throw new HomeportError(
        'upstream-failed',
        `${reply.host} answered with something that is no count of tokens.`
      )
    }
  }
}

function toModel(id: string): ProviderModel {
  const { contextTokens, structured, thinking } = traitsOf(id)
  const abilities = { vision: true, tools: true, json: structured, reasoning: thinking !== 'none' }
  // of another vendor's models behind the dialect nothing is known
  return { id, name: id, contextTokens, ...(contextTokens !== null && { abilities }) }
}

async function* readPlain({ response, host, key }: Reply, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield readMessage(await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal }), host, key)
}

/** Throws for an answer in another form than was asked for: a log-in page, or an error object with status 200. */
async function checkContentType({ response, host, key }: Reply, { stream, signal }: ChatCall): Promise<void> {
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (stream && type === 'application/json') {
    const body = asObject(parseJson(await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal })))
    if (body?.error) throw reportedError(host, body, key, 'anthropic-messages')
    throw new HomeportError(
      'upstream-failed',
      `${host} answered in one piece although a stream was asked for.`
    )
  }
  if (type !== 'text/html' && (stream || type !== 'text/event-stream')) return
  response.body.destroy()
  throw new HomeportError(
    'upstream-failed',
    `${host} answered with ${type === 'text/html' ? 'a web page' : 'a stream'} instead of a message.`,
    { action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.' }
  )
}
