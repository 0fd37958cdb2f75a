import type { ServerResponse } from 'node:http'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Pipeline } from '../../pipeline/context.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import type { RawAnswer } from '../../providers/spec/operations.ts'
import { answerHeaders, costHeader } from '../answer-headers.ts'
import { RawUsage } from '../dialects/openai-raw/usage.ts'
import { clientGone, drained } from '../event-stream.ts'
import { headerText, send } from '../respond.ts'

/** JSON is held until it is whole, so that a broken-off answer can still become an error; everything else flows. */
const maxJsonBytes = 64 * 1024 * 1024

/**
 * Brings the bytes of an upstream's answer to the client at the pace of the pipeline's events: one event for each piece,
 * so that the pipeline sees when the answer begins, ends and breaks off, and no more of it is in memory than one piece.
 */
export class RawRelay {
  #contentType = ''
  #pieces: Buffer[] = []

  /** Begins anew with an answer. Its bytes wait here until `writeTo` has read the event that announces them. */
  async *take(
    { body, contentType }: RawAnswer,
    provider: string,
    signal: AbortSignal
  ): AsyncGenerator<ChatEvent> {
    this.#contentType = contentType
    this.#pieces = []
    const usage = new RawUsage(contentType)
    let size = 0
    try {
      for await (const piece of body) {
        size += piece.length
        if (this.#isJson && size > maxJsonBytes)
          throw new HomeportError('upstream-failed', `The answer of ${provider} is too large.`)
        usage.add(piece)
        this.#pieces.push(piece)
        yield { parts: [] }
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof HomeportError) throw error
      throw new HomeportError('upstream-failed', `${provider} broke off its answer.`, { cause: error })
    }
    const counted = usage.read()
    yield { parts: counted === null ? [] : [{ type: 'usage', usage: counted }] }
  }

  /** Throws what the events throw; a client that got part of the answer then sees its connection close early. */
  async writeTo(res: ServerResponse, answer: Awaited<ReturnType<Pipeline['call']>>): Promise<void> {
    const whole: Buffer[] = []
    for await (const _ of answer.events) {
      const pieces = this.#pieces.splice(0)
      if (this.#isJson) whole.push(...pieces)
      else await this.#stream(res, answer, pieces)
    }
    if (this.#isJson) {
      const { cost } = await answer.done
      if (!res.destroyed)
        send(res, 200, Buffer.concat(whole), { ...answerHeaders(answer), ...costHeader(cost) })
      return
    }
    this.#start(res, answer)
    res.end()
  }

  get #isJson(): boolean {
    return this.#contentType.startsWith('application/json')
  }

  async #stream(
    res: ServerResponse,
    answer: Awaited<ReturnType<Pipeline['call']>>,
    pieces: readonly Buffer[]
  ): Promise<void> {
    for (const piece of pieces) {
      if (res.destroyed) throw clientGone()
      this.#start(res, answer)
      if (!res.write(piece)) await drained(res)
    }
  }

  #start(res: ServerResponse, answer: Awaited<ReturnType<Pipeline['call']>>): void {
    if (res.headersSent || res.destroyed) return
    res.writeHead(200, { ...answerHeaders(answer), 'content-type': headerText(this.#contentType) })
  }
}
