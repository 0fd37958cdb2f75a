import type { Readable } from 'node:stream'
import type { ChatEvent } from '../../spec/chat.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json.ts'
import { brokenOff } from '../network-failure.ts'
import { createSseParser, type SseEvent } from '../sse.ts'
import { reportedError } from '../upstream-error.ts'
import { AnswerReader, isUsageOnly } from './read-parts.ts'

export interface StreamOptions {
  host: string
  key: string | null
  signal: AbortSignal
  /** Whether the client asked for the usage chunk; if not, that chunk is counted and withheld. */
  clientWantsUsage: boolean
}

/** How long a connection may take to end after `[DONE]` and still be used again. */
const LINGER_MS = 1000

/**
 * The events of a streamed answer. An answer is complete with `[DONE]`, or where a server leaves that out, with a finish
 * reason; a stream that ends before throws `upstream-failed`, as does an error object inside it.
 */
export async function* readStream(body: Readable, options: StreamOptions): AsyncGenerator<ChatEvent> {
  const { host, signal } = options
  const parser = createSseParser()
  const read = createChunkReader(options)
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      for (const event of parser.push(chunk)) {
        const answer = read.next(event)
        if (answer) yield answer
        if (read.done) return
      }
    }
    for (const event of parser.end()) {
      const answer = read.next(event)
      if (answer) yield answer
    }
  } catch (error) {
    signal.throwIfAborted()
    throw brokenOff(host, error)
  } finally {
    if (read.done) letEnd(body)
    else body.destroy()
  }
  if (!read.done && !read.finished) throw brokenOff(host)
}

interface ChunkReader {
  /** Null for what carries nothing. */
  next(event: SseEvent): ChatEvent | null
  /** `[DONE]` has come. */
  readonly done: boolean
  /** A finish reason has come. */
  readonly finished: boolean
}

function createChunkReader({ host, key, clientWantsUsage }: StreamOptions): ChunkReader {
  let done = false
  let finished = false
  let servedModel: string | null = null
  const reader = new AnswerReader()

  const toEvent = (chunk: JsonObject, wire: string): ChatEvent => {
    const parts = reader.read(chunk)
    if (parts.some(({ type }) => type === 'finish')) finished = true
    const model = asText(chunk.model)
    if (model !== null && model !== servedModel) {
      servedModel = model
      parts.unshift({ type: 'served-model', model })
    }
    return isUsageOnly(chunk) && !clientWantsUsage ? { parts } : { parts, wire }
  }

  return {
    get done() {
      return done
    },
    get finished() {
      return finished
    },
    next({ event, data }) {
      // an event of another name is none of a chat completion's
      if (event !== '' && event !== 'message' && event !== 'error') return null
      if (data === '[DONE]') {
        done = true
        return null
      }
      if (data === '') return null
      const chunk = asObject(parseJson(data))
      if (!chunk) throw brokenOff(host)
      if (event === 'error' || (chunk.error !== undefined && chunk.error !== null)) {
        throw reportedError(host, chunk, key)
      }
      // a payload of several lines is written on one, so that it can be sent on as a single `data` line
      return toEvent(chunk, data.includes('\n') ? JSON.stringify(chunk) : data)
    }
  }
}

/** Reads what is left, the end of the response, so that the connection can be used for the next call. */
function letEnd(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), LINGER_MS)
  timer.unref()
  body.once('close', () => clearTimeout(timer))
  body.resume()
}
