import { StringDecoder } from 'node:string_decoder'
import { HomeportError } from '../../errors/homeport-error.ts'

/** One server-sent event. `event` is empty where the upstream named none. */
export interface SseEvent {
  event: string
  data: string
}

export interface SseParser {
  /** Events that are complete with this chunk. */
  push(chunk: Uint8Array): SseEvent[]
  /** The event a stream broke off in or ended without a blank line after, if it has data. */
  end(): SseEvent[]
}

/** No model's answer has a line, or an event, near this size; without a bound one line could fill the memory. */
export const MAX_EVENT_CHARS = 10 * 1024 * 1024

/**
 * A parser for `text/event-stream` over chunks of bytes, cut anywhere. Only `data` and `event` are read; comments and
 * other fields are dropped. Invalid UTF-8 becomes U+FFFD.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function createSseParser(maxChars = MAX_EVENT_CHARS): SseParser {
  const decoder = new StringDecoder('utf8')
  let started = false
  let endedInCr = false
  let line = ''
  let data: string | null = null
  let event = ''

  const readLine = (text: string, out: SseEvent[]): void => {
    if (text === '') {
      if (data !== null) out.push({ event, data })
      data = null
      event = ''
    } else if (text.startsWith('data:')) {
      const value = text.startsWith(' ', 5) ? text.slice(6) : text.slice(5)
      data = data === null ? value : `${data}\n${value}`
      if (data.length > maxChars) throw tooLong()
    } else if (text === 'data') {
      data = data === null ? '' : `${data}\n`
    } else if (text.startsWith('event:')) {
      event = text.startsWith(' ', 6) ? text.slice(7) : text.slice(6)
    }
  }

  /** CR and CRLF as LF. A CR at the end of a chunk ends its line; an LF after it, in the next chunk, belongs to it. */
  const withLineFeeds = (text: string): string => {
    const rest = endedInCr && text.startsWith('\n') ? text.slice(1) : text
    endedInCr = text.endsWith('\r')
    return rest.replace(/\r\n?/g, '\n')
  }

  const readText = (decoded: string, out: SseEvent[]): void => {
    if (decoded === '') return
    let text = decoded
    if (!started) {
      started = true
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    if (endedInCr || text.includes('\r')) text = withLineFeeds(text)
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      readLine(line === '' ? text.slice(from, at) : line + text.slice(from, at), out)
      line = ''
      from = at + 1
    }
    line += text.slice(from)
    if (line.length > maxChars) throw tooLong()
  }

  return {
    push(chunk) {
      const out: SseEvent[] = []
      readText(decoder.write(chunk), out)
      return out
    },
    end() {
      const out: SseEvent[] = []
      readText(decoder.end(), out)
      readLine(line, out)
      readLine('', out)
      line = ''
      return out
    }
  }
}

function tooLong(): HomeportError {
  return new HomeportError(
    'upstream-failed',
    'The model server sent an event that is too large to be an answer.'
  )
}
