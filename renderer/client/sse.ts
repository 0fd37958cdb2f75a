export interface SseMessage {
  id: string
  /** Empty where a message brings only its id. */
  data: string
}

/** Reads server-sent events from text that arrives in arbitrary pieces. Only `id` and `data` are understood. */
export class SseParser {
  #rest = ''
  #id = ''
  #data: string[] = []
  #hasId = false

  /** The messages completed by this piece. */
  push(piece: string): SseMessage[] {
    const messages: SseMessage[] = []
    // a CR at the very end may be half of a CRLF: it waits for the next piece
    const text = this.#rest + piece
    const held = text.endsWith('\r') ? 1 : 0
    const lines = text.slice(0, text.length - held).split(/\r\n|\r|\n/)
    this.#rest = (lines.pop() ?? '') + text.slice(text.length - held)
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0 || this.#hasId) messages.push({ id: this.#id, data: this.#data.join('\n') })
        this.#data = []
        this.#hasId = false
      } else this.#field(line)
    }
    return messages
  }

  #field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') this.#data.push(value)
    else if (name === 'id' && !value.includes('\0')) {
      this.#id = value
      this.#hasId = true
    }
  }
}

/** The messages of a response body, until it ends. */
export async function* readSse(body: ReadableStream<Uint8Array>): AsyncGenerator<SseMessage> {
  const parser = new SseParser()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
