import type { AnswerInfo, ChatMessage, MessageStatus } from '../contract/chats.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { traceIdOf } from '../errors/trace-of-error.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import type { AnswerRequest, AnswerSource } from './answer-source.ts'

const FLUSH_INTERVAL_MS = 1000

/** Why a turn was ended from outside. */
export type StopReason = 'stopped' | 'interrupted'

interface Ending {
  status: MessageStatus
  error: string | null
}

export interface TurnListener {
  onDelta(text: string, reasoning: string): void
  /** Writes the message as it stands. */
  save(message: ChatMessage): Promise<void>
}

/**
 * One answer being written. It runs to its end whether or not anybody watches; `message` is always its present state,
 * and what was read of it is on disk at most a second later.
 */
export class RunningTurn {
  readonly id: string
  message: ChatMessage
  readonly #listener: TurnListener
  readonly #abort = new AbortController()
  #stopReason: StopReason = 'stopped'
  #unsaved = false

  constructor(id: string, message: ChatMessage, listener: TurnListener) {
    this.id = id
    this.message = message
    this.#listener = listener
  }

  /** The running answer ends soon, keeping what it has. */
  stop(reason: StopReason): void {
    this.#stopReason = reason
    this.#abort.abort()
  }

  /** Resolves with the finished message after it was saved. Rejects only if it cannot be saved. */
  async run(source: AnswerSource, request: Omit<AnswerRequest, 'signal'>): Promise<ChatMessage> {
    const flush = setInterval(() => this.#flush(), FLUSH_INTERVAL_MS)
    try {
      const answer = await source.answer({ ...request, signal: this.#abort.signal })
      const ending = await this.#read(answer.events)
      const [info, citations] = await Promise.all([answer.info, answer.citations])
      this.message = { ...this.message, ...ending, info, ...(citations && { citations }) }
    } catch (thrown) {
      this.message = { ...this.message, ...this.#ending(thrown), info: unansweredInfo(request.model, thrown) }
    } finally {
      clearInterval(flush)
    }
    await this.#listener.save(this.message)
    return this.message
  }

  async #read(events: AsyncIterable<ChatEvent>): Promise<Ending> {
    try {
      for await (const event of events) this.#apply(event)
    } catch (thrown) {
      return this.#ending(thrown)
    }
    return { status: this.#abort.signal.aborted ? this.#stopReason : 'complete', error: null }
  }

  #apply(event: ChatEvent): void {
    let text = ''
    let reasoning = ''
    for (const part of event.parts) {
      if (part.type === 'text-delta') text += part.text
      else if (part.type === 'reasoning-delta') reasoning += part.text
    }
    if (text === '' && reasoning === '') return
    this.message = {
      ...this.message,
      text: this.message.text + text,
      reasoning: this.message.reasoning + reasoning
    }
    this.#unsaved = true
    this.#listener.onDelta(text, reasoning)
  }

  #flush(): void {
    if (!this.#unsaved) return
    this.#unsaved = false
    // a failed flush is retried with the next one; the final save reports what stays wrong
    this.#listener.save(this.message).catch(() => {
      this.#unsaved = true
    })
  }

  #ending(thrown: unknown): Ending {
    if (this.#abort.signal.aborted) return { status: this.#stopReason, error: null }
    if (thrown instanceof HomeportError) {
      return {
        status: 'failed',
        error: thrown.action ? `${thrown.message} ${thrown.action}` : thrown.message
      }
    }
    return { status: 'failed', error: 'Something went wrong inside Homeport. The log has the details.' }
  }
}

/** A call that failed before its first event has a trace to look at, and nothing to count. */
function unansweredInfo(model: string, thrown: unknown): AnswerInfo {
  const traceId = traceIdOf(thrown)
  return { model, traceId, firstTokenMs: null, durationMs: null, usage: null, cost: null }
}
