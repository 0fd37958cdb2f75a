import type { EngineResult, FromEngine } from '../../contract/engine-frames.ts'
import { requestError } from './engine-errors.ts'
import { EventQueue } from './event-queue.ts'

/** A frame that belongs to one request. */
export type RequestFrame = Extract<FromEngine, { id: number }>
/** The frames that an answer is made of. */
export type EngineEvent = Extract<
  RequestFrame,
  { type: 'delta' | 'tool-call' | 'tool-arguments' | 'logprobs' | 'end' }
>
/** A chat that has been accepted. */
export interface EngineAnswer {
  /** What was left out of the conversation, in words. */
  notes: string[]
  events: AsyncIterable<EngineEvent>
}

/** A request in the engine. What it promises is settled by the frames it is given, or by `fail`. */
export interface PendingRequest<T> {
  readonly promise: Promise<T>
  take(frame: Exclude<RequestFrame, { type: 'begin' }>): void
  fail(error: unknown): void
}

/** Who waits for a chat to be accepted hears of a failure there; who reads it, in the reading. */
export class PendingChat implements PendingRequest<EngineAnswer> {
  readonly #accepted = Promise.withResolvers<EngineAnswer>()
  readonly #events: EventQueue<EngineEvent>

  /** `onAbandon` is called when the answer is not read to its end. */
  constructor(onAbandon: () => void) {
    this.#events = new EventQueue(onAbandon)
  }

  get promise(): Promise<EngineAnswer> {
    return this.#accepted.promise
  }

  take(frame: Exclude<RequestFrame, { type: 'begin' }>): void {
    if (frame.type === 'accepted') this.#accepted.resolve({ notes: frame.notes, events: this.#events })
    else if (frame.type === 'error') this.fail(requestError(frame))
    else if (frame.type === 'result') this.fail(unexpected())
    else if (frame.type !== 'end') this.#events.push(frame)
    else if (frame.finish === 'cancelled') this.fail(stopped())
    else {
      this.#events.push(frame)
      this.#events.finish()
    }
  }

  fail(error: unknown): void {
    this.#accepted.reject(error)
    this.#events.fail(error)
  }
}

/** A request with one result of the kind `K`. */
export class PendingResult<K extends EngineResult['kind']>
  implements PendingRequest<Extract<EngineResult, { kind: K }>>
{
  readonly #result = Promise.withResolvers<Extract<EngineResult, { kind: K }>>()
  readonly #kind: K

  constructor(kind: K) {
    this.#kind = kind
  }

  get promise(): Promise<Extract<EngineResult, { kind: K }>> {
    return this.#result.promise
  }

  take(frame: Exclude<RequestFrame, { type: 'begin' }>): void {
    if (frame.type === 'error') this.fail(requestError(frame))
    else if (frame.type === 'end') this.fail(stopped())
    else if (frame.type === 'result') {
      if (isOfKind(frame.result, this.#kind)) this.#result.resolve(frame.result)
      else this.fail(unexpected())
    }
  }

  fail(error: unknown): void {
    this.#result.reject(error)
  }
}

const isOfKind = <K extends EngineResult['kind']>(
  result: EngineResult,
  kind: K
): result is Extract<EngineResult, { kind: K }> => result.kind === kind

/** It was failed with the signal's reason already, or nobody waits for it any more. */
const stopped = () => new DOMException('The answer was stopped.', 'AbortError')
const unexpected = () => new Error('the engine gave a result of another kind')
