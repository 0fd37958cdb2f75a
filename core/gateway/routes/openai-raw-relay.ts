import type { ServerResponse } from 'node:http'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Pipeline } from '../../pipeline/context.ts'
import type { ChatEvent, ChatPart } from '../../providers/spec/chat.ts'
import type { RawAnswer } from '../../providers/spec/operations.ts'
import { answerHeaders, costHeader } from '../answer-headers.ts'
import { RawUsage } from '../dialects/openai-raw/usage.ts'
import { clientGone, drained } from '../event-stream.ts'
import { headerText, send } from '../respond.ts'

const maxJsonBytes = 64 * 1024 * 1024

type Answer = Awaited<ReturnType<Pipeline['call']>>

/**
 * Brings the bytes of an upstream's answer to the client at the pace of the pipeline's events, so that the pipeline sees
 * when it begins, ends and breaks off. Sound and streams flow, one event for each piece, and no more of them is in memory
 * than one piece. JSON is one event when all of it is there: one that breaks off can still be asked for elsewhere.
 */
export class RawRelay {
  readonly #spokenCharacters: number | null
  #contentType = ''
  #pieces: Buffer[] = []

  /** `spokenCharacters`: of the text that the answer says aloud; null for another answer. */
  constructor(spokenCharacters: number | null) {
    this.#spokenCharacters = spokenCharacters
  }

  /** Begins anew with an answer. Its bytes wait here until `writeTo` has read the event that announces them. */
  async *take(
    { body, contentType }: RawAnswer,
    provider: string,
    signal: AbortSignal
  ): AsyncGenerator<ChatEvent> {
    this.#contentType = contentType
    this.#pieces = []
    // the bytes themselves go past the pipeline, which only has to know that something was made
    const output: ChatPart = { type: 'media', mediaType: contentType, data: '' }
    const usage = new RawUsage(contentType, this.#spokenCharacters)
    let size = 0
    try {
      for await (const piece of body) {
        size += piece.length
        if (this.#isJson && size > maxJsonBytes) throw tooLarge(provider)
        usage.add(piece)
        this.#pieces.push(piece)
        if (!this.#isJson) yield { parts: [output] }
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof HomeportError) throw error
      throw new HomeportError('upstream-failed', `${provider} broke off its answer.`, { cause: error })
    }
    const counted = usage.read()
    yield { parts: counted === null ? [output] : [output, { type: 'usage', usage: counted }] }
  }

  /** Throws what the events throw; a client that got part of the answer then sees its connection close early. */
  async writeTo(res: ServerResponse, answer: Answer): Promise<void> {
    for await (const _ of answer.events) {
      if (!this.#isJson) await this.#stream(res, answer, this.#pieces.splice(0))
    }
    if (this.#isJson) {
      const { cost } = await answer.done
      const headers = { ...answerHeaders(answer), ...costHeader(cost) }
      if (!res.destroyed) send(res, 200, Buffer.concat(this.#pieces), headers)
      return
    }
    this.#start(res, answer)
    res.end()
  }

  get #isJson(): boolean {
    return this.#contentType.startsWith('application/json')
  }

  async #stream(res: ServerResponse, answer: Answer, pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) {
      if (res.destroyed) throw clientGone()
      this.#start(res, answer)
      if (!res.write(piece)) await drained(res)
    }
  }

  #start(res: ServerResponse, answer: Answer): void {
    if (res.headersSent || res.destroyed) return
    res.writeHead(200, { ...answerHeaders(answer), 'content-type': headerText(this.#contentType) })
  }
}

function tooLarge(provider: string): HomeportError {
  return new HomeportError('upstream-failed', `The answer of ${provider} is too large.`)
}
