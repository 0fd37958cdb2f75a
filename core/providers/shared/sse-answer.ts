import type { ChatEvent, ChatPart } from '../spec/chat.ts'
import { asObject, type JsonObject, parseJson } from './json.ts'
import { brokenOff } from './network-failure.ts'
import { createSseParser, type SseEvent } from './sse.ts'
import type { Reply } from './upstream-call.ts'

/** What one vendor's stream means, event by event. */
export interface StreamReader {
  /** The dialect's events bear no names: one that does is none of them, unless it is an error. */
  readonly unnamed?: true
  /** Throws for an error in the stream. */
  read(event: JsonObject, name: string): ChatPart[]
  /** The client did not ask for an event: it counts, and is not handed on. */
  withholds?(event: JsonObject): boolean
  /** `[DONE]` has come. */
  end?(): void
  /** What marks the end of a complete answer has come. */
  readonly done: boolean
  /** The answer is whole should the stream end without its mark, which some servers leave out. */
  readonly isComplete?: boolean
}

/** How long a connection may take to end after the answer is complete and still be used again. */
const LINGER_MS = 1000

/** The events of a streamed answer, each with what was sent for it. Throws `upstream-failed` for one that ends before its end. */
export async function* readSseAnswer(
  { response: { body }, host, signal }: Reply,
  reader: StreamReader
): AsyncGenerator<ChatEvent> {
  const parser = createSseParser()
  try {
    for (let chunk = await body.next(); chunk !== null; chunk = await body.next()) {
      for (const event of parser.push(chunk)) {
        const answer = toEvent(event, reader, host)
        if (answer) yield answer
        if (reader.done) return
      }
    }
    for (const event of parser.end()) {
      const answer = toEvent(event, reader, host)
      if (answer) yield answer
    }
  } catch (error) {
    signal.throwIfAborted()
    throw brokenOff(host, error)
  } finally {
    if (reader.done) body.discard(LINGER_MS)
    else body.destroy()
  }
  if (!reader.done && !reader.isComplete) throw brokenOff(host)
}

function toEvent({ event, data }: SseEvent, reader: StreamReader, host: string): ChatEvent | null {
  if (reader.unnamed && event !== '' && event !== 'message' && event !== 'error') return null
  if (data === '[DONE]') reader.end?.()
  if (data === '' || data === '[DONE]') return null
  const json = asObject(parseJson(data))
  if (!json) throw brokenOff(host)
  const parts = reader.read(json, event)
  if (reader.withholds?.(json)) return { parts }
  // a payload of several lines is written on one, so that it can be sent on as a single `data` line
  const wire = data.includes('\n') ? JSON.stringify(json) : data
  return { parts, wire, ...(event !== '' && !reader.unnamed && { wireEvent: event }) }
}
