import { asObject, parseJson } from '../shared/json.ts'
import { brokenOff } from '../shared/network-failure.ts'
import { createSseParser, type SseEvent } from '../shared/sse.ts'
import type { ChatEvent } from '../spec/chat.ts'
import { AnswerReader } from './answer-reader.ts'
import type { GoogleAnswer } from './client.ts'
import { reportedInAnswer } from './errors.ts'

/**
 * The events of a streamed answer. Google's streams have no end mark of their own: an answer is complete once its finish
 * reason has come. A stream that ends before throws `upstream-failed`, as does an error object inside it.
 */
export async function* readStream({ response, host, key, signal }: GoogleAnswer): AsyncGenerator<ChatEvent> {
  const parser = createSseParser()
  const reader = new AnswerReader()

  const toEvent = ({ event, data }: SseEvent): ChatEvent | null => {
    if (data === '' || (event !== '' && event !== 'message' && event !== 'error')) return null
    const chunk = asObject(parseJson(data))
    const reported = reportedInAnswer(host, chunk, key)
    if (reported) throw reported
    if (!chunk) throw brokenOff(host)
    // a payload of several lines is written on one, so that it can be sent on as a single `data` line
    return { parts: reader.read(chunk), wire: data.includes('\n') ? JSON.stringify(chunk) : data }
  }

  try {
    for await (const bytes of response.body) {
      for (const event of parser.push(bytes)) {
        const answer = toEvent(event)
        if (answer) yield answer
      }
    }
    for (const event of parser.end()) {
      const answer = toEvent(event)
      if (answer) yield answer
    }
  } catch (error) {
    signal.throwIfAborted()
    throw brokenOff(host, error)
  } finally {
    response.body.destroy()
  }
  if (!reader.isComplete) throw brokenOff(host)
}
