import type { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatEvent, ChatRequest, Dialect } from '../../providers/spec/chat.ts'
import type { Json } from './json-fields.ts'

/** What every chat route must know of a request. A dialect adds what its own answers depend on. */
export interface ChatParameters {
  model: string
  stream: boolean
}

/** What every object of one answer carries. */
export interface AnswerIdentity {
  /** Without the dialect's prefix. */
  id: string
  /** `provider/model` of who answers. */
  model: string
  /** Unix seconds. */
  created: number
}

/** Writes the events of one streamed answer. Each function gives text as it goes onto the connection; empty for nothing. */
export interface StreamWriter {
  event(event: ChatEvent): string
  /** What closes a complete answer. */
  end(): string
}

/** Gathers the events of an answer that is not streamed. */
export interface AnswerBuilder {
  add(event: ChatEvent): void
  /** The body. */
  build(): unknown
}

/** A wire dialect for chats: pure functions between its JSON and the neutral form. */
export interface ChatDialect<P extends ChatParameters = ChatParameters> {
  readonly dialect: Dialect
  /** Of a streamed answer. */
  readonly streamType:
    | 'text/event-stream; charset=utf-8'
    | 'application/x-ndjson'
    | 'application/json; charset=utf-8'
  /** A request of the dialect, checked by `readParameters` before, in no dialect. Throws `bad-request`. */
  toChatRequest(body: Json, parameters: P): ChatRequest
  /** Writes an answer of another dialect, or of none. */
  streamWriter(identity: AnswerIdentity, parameters: P): StreamWriter
  answerBuilder(identity: AnswerIdentity, parameters: P): AnswerBuilder
  /** Hands on what an upstream of the same dialect sent. */
  wireWriter(parameters: P): StreamWriter
  /** The same for an answer that is not streamed; where it is absent, the body goes on as it came. */
  wireBody?(body: string, parameters: P): string
  /** The error object of the dialect. */
  errorBody(error: HomeportError, traceId: string | null): unknown
  /** The same, as it ends a stream that has begun. */
  streamError(error: HomeportError, traceId: string | null): string
}
