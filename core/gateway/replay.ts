import { HomeportError } from '../errors/homeport-error.ts'
import type { Caller, CallInput, Pipeline } from '../pipeline/context.ts'
import type { ChatRequest, Dialect } from '../providers/spec/chat.ts'
import type { ReplayedRequest } from '../traces/traces.ts'
import { anthropicMessages } from './dialects/anthropic-messages/dialect.ts'
import { readMessagesParameters } from './dialects/anthropic-messages/parameters.ts'
import type { ChatDialect, ChatParameters } from './dialects/chat-dialect.ts'
import { googleList } from './dialects/google-generate/dialect.ts'
import { readParameters } from './dialects/google-generate/parameters.ts'
import { isRecord, type Json } from './dialects/json-fields.ts'
import { openaiChat } from './dialects/openai-chat/dialect.ts'
import { readChatParameters } from './dialects/openai-chat/parameters.ts'

type Asked = Pick<CallInput, 'dialect' | 'stream' | 'request' | 'wire'>

const caller: Caller = { kind: 'app', id: 'replay', name: 'Replay' }

/** Asks another model what a recorded call asked. Resolves with the new trace's id when it has been answered to its end. */
export function createReplay(pipeline: Pipeline) {
  return async ({ dialect, body, labels }: ReplayedRequest, model: string, signal: AbortSignal) => {
    const json: unknown = JSON.parse(body)
    if (!isRecord(json)) throw cannot(dialect)
    const call = await pipeline.call({ caller, model, signal, labels, ...askedOf(dialect, json, model) })
    for await (const _ of call.events) signal.throwIfAborted()
    await call.done
    return call.traceId
  }
}

function askedOf(dialect: string, json: Json, model: string): Asked {
  // the app's own calls were recorded in no dialect
  if (Array.isArray(json.unmapped)) return ownCall(json)
  switch (dialect) {
    case 'openai-chat':
      return clientCall(openaiChat, json, readChatParameters({ ...json, model }))
    case 'anthropic-messages':
      return clientCall(anthropicMessages, json, readMessagesParameters({ ...json, model }))
    case 'google-generate':
      return clientCall(googleList, json, readParameters(json, { model, stream: false }))
    default:
      throw cannot(dialect)
  }
}

function clientCall<P extends ChatParameters>(dialect: ChatDialect<P>, json: Json, parameters: P): Asked {
  const wire = { dialect: dialect.dialect, body: Buffer.from(JSON.stringify(json)), json, headers: {} }
  const request = (): ChatRequest => dialect.toChatRequest(json, parameters)
  return { dialect: dialect.dialect, stream: parameters.stream, request, wire }
}

function ownCall(json: Json): Asked {
  const dialect: Dialect = 'openai-chat'
  // proven boundary: the pipeline wrote it (trace-texts.ts), and nothing but the pipeline reads it
  return { dialect, stream: false, request: () => json as unknown as ChatRequest, wire: null }
}

const cannot = (dialect: string): HomeportError =>
  new HomeportError('bad-request', `A call of the kind “${dialect}” cannot be asked again.`, {
    action: 'Chats in the dialects of OpenAI’s chat completions, Anthropic and Google can.'
  })
