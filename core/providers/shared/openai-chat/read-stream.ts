import type { ChatPart } from '../../spec/chat.ts'
import { asText, type JsonObject } from '../json.ts'
import type { StreamReader } from '../sse-answer.ts'
import { reportedError } from '../upstream-error.ts'
import { AnswerReader, isUsageOnly } from './read-parts.ts'

/** Reads the chunks of a streamed answer, complete with `[DONE]`, or where a server leaves that out, with a finish reason. */
export class ChunkReader implements StreamReader {
  readonly unnamed = true
  done = false
  isComplete = false
  readonly #host: string
  readonly #key: string | null
  readonly #clientWantsUsage: boolean
  readonly #answer = new AnswerReader()
  #servedModel: string | null = null

  /** `clientWantsUsage`: whether the client asked for the usage chunk; if not, that chunk is counted and withheld. */
  constructor(host: string, key: string | null, clientWantsUsage: boolean) {
    this.#host = host
    this.#key = key
    this.#clientWantsUsage = clientWantsUsage
  }

  read(chunk: JsonObject, name: string): ChatPart[] {
    if (name === 'error' || (chunk.error !== undefined && chunk.error !== null)) {
      throw reportedError(this.#host, chunk, this.#key)
    }
    const parts = this.#answer.read(chunk)
    if (parts.some(({ type }) => type === 'finish')) this.isComplete = true
    const model = asText(chunk.model)
    if (model !== null && model !== this.#servedModel) {
      this.#servedModel = model
      parts.unshift({ type: 'served-model', model })
    }
    return parts
  }

  withholds(chunk: JsonObject): boolean {
    return !this.#clientWantsUsage && isUsageOnly(chunk)
  }

  end(): void {
    this.done = true
  }
}
