import type { Usage } from '../../../contract/usage.ts'
import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatPart, FinishReason } from '../../../providers/spec/chat.ts'
import { isRecord, type Json } from '../json-fields.ts'
import { parseArguments, ToolCalls } from '../tool-calls.ts'
import type { WireToolCall } from './answer-form.ts'

const doneReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'stop',
  'content-filter': 'content_filter',
  other: 'stop'
}
const nanosecondsPerMs = 1e6

/** What is gathered of an answer until its last line: whole tool calls, why it ended, and counts. */
export class AnswerState {
  readonly #receivedAt: number
  readonly #calls = new ToolCalls()
  #finish: FinishReason = 'stop'
  #usage: Usage | null = null
  #firstOutputAt: number | null = null

  constructor(receivedAt: number) {
    this.#receivedAt = receivedAt
  }

  add(part: ChatPart): void {
    this.#calls.add(part)
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
      case 'tool-call-start':
        this.#firstOutputAt ??= performance.now()
        break
      case 'finish':
        this.#finish = part.reason
        break
      case 'usage':
        this.#usage = part.usage
    }
  }

  /** The calls gathered until now, once. Throws `upstream-failed` when the arguments of one are no JSON object. */
  takeToolCalls(): WireToolCall[] {
    return this.#calls.take().map(({ id, name, arguments: text }, index) => ({
      id,
      function: { index, name, arguments: toObject(text, name) }
    }))
  }

  /**
   * What the last line says beside its words, durations in nanoseconds. An answer that came in one piece does not tell how
   * long which part of it took; loading is nothing that happens here.
   */
  ending(isStream: boolean): Record<string, unknown> {
    const endedAt = performance.now()
    const firstAt = isStream ? this.#firstOutputAt : null
    return {
      done: true,
      done_reason: doneReasons[this.#finish],
      total_duration: nanoseconds(endedAt - this.#receivedAt),
      load_duration: 0,
      ...(this.#usage && { prompt_eval_count: this.#usage.input.total }),
      prompt_eval_duration: firstAt === null ? 0 : nanoseconds(firstAt - this.#receivedAt),
      ...(this.#usage && { eval_count: this.#usage.output.total }),
      eval_duration: firstAt === null ? 0 : nanoseconds(endedAt - firstAt)
    }
  }
}

export const nanoseconds = (ms: number): number => Math.max(0, Math.round(ms * nanosecondsPerMs))

/** The dialect's arguments are an object: what is none cannot be said in it, and must not become an empty one. */
function toObject(text: string, name: string): Json {
  const value = parseArguments(text)
  if (isRecord(value)) return value
  throw new HomeportError(
    'upstream-failed',
    `The model called the tool ${name} with arguments that are no JSON object.`
  )
}
