import type { OutgoingHttpHeaders } from 'node:http'
import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Caller, ModelTarget, OtherDialect, Pipeline } from '../pipeline/context.ts'
import type { ChatEvent, ChatPart, ChatRequest, WireRequest } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { answerHeaders, costHeader } from './answer-headers.ts'
import { clientSignal } from './client-signal.ts'
import type { Exchange } from './exchange.ts'

/** What one model answered that is no chat. */
export interface Performed<T> {
  result: T
  usage: Usage | null
  servedModel: string | null
  warnings: string[]
}

/** Something other than a chat that a client asks of a model. */
export interface Operation<T> {
  exchange: Exchange
  caller: Caller
  dialect: OtherDialect
  model: string
  /** What is asked, for the trace and for rules that look at prompts. */
  request: () => ChatRequest
  /** The client's own body, where it holds a prompt. */
  wire?: WireRequest
  /** Asks one model; asked again when the pipeline tries another. */
  perform(target: ModelTarget, signal: AbortSignal): Promise<Performed<T>>
}

export interface OperationAnswer<T> {
  result: T
  usage: Usage | null
  /** `provider/model` of who answered. */
  model: string
  headers: OutgoingHttpHeaders
}

/** Carries an operation through the pipeline, so that it is routed, recorded and priced as a chat is. */
export async function callOperation<T>(
  pipeline: Pipeline,
  { exchange, caller, dialect, model, request, wire, perform }: Operation<T>
): Promise<OperationAnswer<T>> {
  const answered: Performed<T>[] = []
  const answer = await pipeline.call({
    caller,
    dialect,
    model,
    stream: false,
    request,
    wire: wire ?? null,
    signal: clientSignal(exchange.res),
    async perform(target, signal) {
      const performed = await perform(target, signal)
      answered.push(performed)
      return { wireDialect: null, headers: {}, warnings: performed.warnings, events: oneEvent(performed) }
    }
  })
  for await (const _ of answer.events);
  const { cost } = await answer.done
  const last = answered.at(-1)
  if (!last) throw new Error('the pipeline answered without asking a model')
  const headers = { ...answerHeaders(answer), ...costHeader(cost) }
  return { result: last.result, usage: last.usage, model: answer.model, headers }
}

/** The words of a request that is no chat, as a request that every stage can read. */
export function textRequest(texts: readonly string[]): ChatRequest {
  const content = texts.map((text) => ({ type: 'text' as const, text }))
  return { messages: [{ role: 'user', content }], output: 'text', unmapped: [] }
}

async function* oneEvent({ usage, servedModel }: Performed<unknown>): AsyncGenerator<ChatEvent> {
  const parts: ChatPart[] = []
  if (servedModel !== null) parts.push({ type: 'served-model', model: servedModel })
  if (usage !== null) parts.push({ type: 'usage', usage })
  yield { parts }
}

const whoCan = {
  embeddings: 'OpenAI, Azure OpenAI, Google Gemini, Cohere, Mistral, Together, Ollama, LM Studio and vLLM',
  reranking: 'Cohere, Jina, Together, vLLM and the llama.cpp server',
  'this operation': 'OpenAI, Azure OpenAI, Groq, Together and other OpenAI-compatible servers'
} as const

/** A provider that cannot do what is asked, and which can. */
export function cannotDo({ name }: ModelProvider, operation: keyof typeof whoCan): HomeportError {
  return new HomeportError('bad-request', `${name} does not offer ${operation}.`, {
    action: `Name a model of a provider that does: ${whoCan[operation]} can.`,
    param: 'model'
  })
}
