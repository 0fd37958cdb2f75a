import type { JsonObject } from '../shared/json.ts'
import type { StreamReader } from '../shared/sse-answer.ts'
import type { ChatPart } from '../spec/chat.ts'
import { AnswerReader } from './answer-reader.ts'
import { reportedInAnswer } from './errors.ts'

/** Reads the chunks of a streamed answer. They have no end mark: it is complete once its finish reason has come. */
export class ChunkReader implements StreamReader {
  readonly unnamed = true
  readonly done = false
  readonly #host: string
  readonly #key: string | null
  readonly #answer = new AnswerReader()

  constructor(host: string, key: string | null) {
    this.#host = host
    this.#key = key
  }

  get isComplete(): boolean {
    return this.#answer.isComplete
  }

  read(chunk: JsonObject): ChatPart[] {
    const reported = reportedInAnswer(this.#host, chunk, this.#key)
    if (reported) throw reported
    return this.#answer.read(chunk)
  }
}
