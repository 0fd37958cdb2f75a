import { HomeportError } from '../errors/homeport-error.ts'
import { traceIdOf } from '../errors/trace-of-error.ts'
import type { Caller, CallInput, Pipeline } from '../pipeline/context.ts'
import type { ChatRequest, Dialect } from '../providers/spec/chat.ts'
import type { ReplayedRequest } from '../traces/traces.ts'
import { anthropicMessages } from './dialects/anthropic-messages/dialect.ts'
import { readMessagesParameters } from './dialects/anthropic-messages/parameters.ts'
import type { ChatDialect, ChatParameters } from './dialects/chat-dialect.ts'
import { googleEvents } from './dialects/google-generate/dialect.ts'
import { readParameters as readGoogle } from './dialects/google-generate/parameters.ts'
import { isRecord, type Json } from './dialects/json-fields.ts'
import { ollamaChat, ollamaGenerate } from './dialects/ollama/dialect.ts'
import { readParameters as readOllama } from './dialects/ollama/parameters.ts'
import { openaiChat } from './dialects/openai-chat/dialect.ts'
import { readChatParameters } from './dialects/openai-chat/parameters.ts'
import { openaiCompletions } from './dialects/openai-completions/dialect.ts'
import { readParameters as readCompletion } from './dialects/openai-completions/request.ts'
import { resolveConversation } from './dialects/openai-responses/conversation.ts'
import { createResponsesDialect } from './dialects/openai-responses/dialect.ts'
import { readParameters as readResponse } from './dialects/openai-responses/parameters.ts'

/** As it stands in Activity. */
const caller: Caller = { kind: 'app', id: 'replay', name: 'Replay' }

type AskedRequest = Pick<CallInput, 'stream' | 'request'>

/** What a response refers back to is not looked up: who replays is not the program whose responses they are. */
const noEarlierTurns = { conversation: () => null, findItem: () => null, belongsToAnother: () => false }

const readers: Readonly<Record<string, (json: Json, model: string) => AskedRequest>> = {
  'openai-chat': (json) => asked(openaiChat, json, readChatParameters(json)),
  'openai-completions': (json) => asked(openaiCompletions, json, readCompletion(json)),
  'openai-responses': (json) => {
    const parameters = readResponse(json)
    const conversation = resolveConversation(parameters.items, parameters.previousId, noEarlierTurns)
    return asked(
      createResponsesDialect(() => {}),
      json,
      { ...parameters, conversation }
    )
  },
  'anthropic-messages': (json) => asked(anthropicMessages, json, readMessagesParameters(json)),
  'google-generate': (json, model) => asked(googleEvents, json, readGoogle(json, { model, stream: true })),
  'ollama-chat': (json, name) => asked(ollamaChat, json, readOllama(json, { name, model: null })),
  'ollama-generate': (json, name) => asked(ollamaGenerate, json, readOllama(json, { name, model: null }))
}

/**
 * Asks a model what was asked before, in the dialect it was asked in, and reads the answer to its end. Resolves with the new
 * call's trace, also where the call failed. Throws `bad-request` for what is no chat.
 */
export function createReplay(
  pipeline: Pipeline
): (replayed: ReplayedRequest, model: string, signal: AbortSignal) => Promise<string> {
  return async (replayed, model, signal) => {
    const { labels } = replayed
    const input = inputOf(replayed, model)
    try {
      const answer = await pipeline.call({ ...input, caller, model, labels, signal, cache: askAnew })
      await readToEnd(answer.events)
      await answer.done
      return answer.traceId
    } catch (error) {
      const failed = traceIdOf(error)
      if (failed === null) throw error
      return failed
    }
  }
}

/** An answer that breaks off is none the less one: how it ended stands in its trace. */
async function readToEnd(events: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of events);
  } catch {}
}

/** A kept answer would tell nothing of the model. */
const askAnew = { mode: 'off', maxAgeSeconds: null } as const

function inputOf(
  { dialect, body }: ReplayedRequest,
  model: string
): AskedRequest & Pick<CallInput, 'dialect' | 'wire'> {
  const stored = parsed(body)
  const own = ownRequest(stored)
  if (own) return { dialect: 'openai-chat', wire: null, stream: true, request: () => own }
  const read = readers[dialect]
  if (!read) throw notReplayable('It is no chat.')
  const json = { ...stored, model }
  // a reader's name is its dialect's
  const name = dialect as Dialect
  const wire = { dialect: name, body: Buffer.from(JSON.stringify(json)), json, headers: {} }
  return { dialect: name, wire, ...read(json, model) }
}

/** What the app itself asked was kept in the neutral form, which no client's dialect has. */
function ownRequest(json: Json): ChatRequest | null {
  const isOwn = Array.isArray(json.unmapped) && Array.isArray(json.messages) && json.output !== undefined
  // it was this very type when it was written
  return isOwn ? (json as unknown as ChatRequest) : null
}

const asked = <P extends ChatParameters>(
  dialect: ChatDialect<P>,
  json: Json,
  parameters: P
): AskedRequest => {
  let request: ChatRequest | null = null
  return {
    stream: parameters.stream,
    request() {
      request ??= dialect.toChatRequest(json, parameters)
      return request
    }
  }
}

function parsed(body: string): Json {
  try {
    const json: unknown = JSON.parse(body)
    if (isRecord(json)) return json
  } catch {
    // said below
  }
  throw notReplayable('Its request was not kept as a whole.')
}

const notReplayable = (why: string): HomeportError =>
  new HomeportError('bad-request', `This call cannot be asked again. ${why}`)
