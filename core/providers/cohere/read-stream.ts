import { asCount, asObject, asText, type JsonObject } from '../shared/json.ts'
import type { StreamReader } from '../shared/sse-answer.ts'
import { reportedError } from '../shared/upstream-error.ts'
import type { ChatPart } from '../spec/chat.ts'
import {
  asList,
  readArguments,
  readContent,
  readEnding,
  readToolCall,
  readToolPlan,
  type Source
} from './read-parts.ts'

/** Reads the events of one streamed answer, which is complete with `message-end`. */
export class StreamedAnswer implements StreamReader {
  readonly #source: Source
  /** Places of calls on the wire, in the order they began. */
  readonly #calls: number[] = []
  #done = false

  constructor(host: string, key: string | null) {
    this.#source = { host, key }
  }

  get done(): boolean {
    return this.#done
  }

  read(event: JsonObject): ChatPart[] {
    const delta = asObject(event.delta)
    const message = asObject(delta?.message)
    const [call] = asList(message?.tool_calls)
    switch (event.type) {
      case 'content-start':
      case 'content-delta':
        return readContent(message?.content)
      case 'tool-plan-delta':
        return readToolPlan(message)
      case 'tool-call-start':
        this.#calls.push(asCount(event.index) ?? this.#calls.length)
        return readToolCall(call, this.#calls.length - 1)
      case 'tool-call-delta': {
        const index = this.#calls.lastIndexOf(asCount(event.index) ?? this.#calls.length - 1)
        return index === -1 ? [] : readArguments(call, index)
      }
      case 'message-end':
        this.#done = true
        return readEnding(delta ?? {}, this.#source)
      default:
        // what else there is (citations, the ends of blocks) says nothing more; an error has no type of its own
        if (event.type === 'error' || asText(event.error) !== null || asText(event.message) !== null) {
          throw reportedError(this.#source.host, event, this.#source.key)
        }
        return []
    }
  }
}
