import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'

export interface RawRequest {
  method?: string
  path?: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** One request over a connection of its own, with exactly the headers given (Host is filled in when absent). */
export function send(
  port: number,
  { method = 'GET', path = '/', headers = {}, body }: RawRequest
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const all: OutgoingHttpHeaders = { host: `127.0.0.1:${port}`, ...headers }
    if (body !== undefined && all['transfer-encoding'] === undefined) {
      all['content-length'] ??= Buffer.byteLength(body)
    }
    const req = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: all,
      agent: false,
      setHost: false
    })
    req.on('error', reject)
    req.on('response', (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk: string) => {
        text += chunk
      })
      res.on('error', reject)
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }))
    })
    req.end(body)
  })
}

/** A bare connection whose input is gathered. */
export class RawConnection {
  readonly socket: Socket
  received = ''
  readonly closed: Promise<void>
  readonly #watchers = new Set<() => void>()

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('utf8')
    this.socket.on('data', (text: string) => {
      this.received += text
      for (const watcher of this.#watchers) watcher()
    })
    // a connection cut by the server is what some tests wait for
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()))
  }

  /** Resolves once what was received holds the text; rejects when the connection closes without it. */
  until(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!this.received.includes(text)) return
        this.#watchers.delete(look)
        resolve(this.received)
      }
      this.#watchers.add(look)
      void this.closed.then(() => reject(new Error(`closed without "${text}": ${this.received}`)))
      look()
    })
  }
}

/** The `data` texts of a stream of server-sent events. */
export function sseTexts(stream: string): string[] {
  return stream
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => block.slice('data: '.length))
}
