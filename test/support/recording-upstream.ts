import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { ChatEvent } from '../../core/providers/spec/chat.ts'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface RecordingUpstream {
  /** `http://127.0.0.1:port`, as a person would paste it. */
  origin: string
  requests: SeenRequest[]
  /** Responses whose client went away before they were finished. */
  disconnects(): number
}

/** A server on loopback that answers every request as it is told and remembers it, until the test ends. */
export async function recordingUpstream(
  answer: (response: ServerResponse, request: SeenRequest) => void
): Promise<RecordingUpstream> {
  const requests: SeenRequest[] = []
  let disconnects = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const { method = '', url = '', headers } = request
    const seen = { method, url, headers, body: await text(request) }
    requests.push(seen)
    answer(response, seen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  // proven: a TCP server that listens has an address
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, requests, disconnects: () => disconnects }
}

/** JSON that is written already goes out as it is. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
}

/** Begins a stream, and leaves it open. */
export function beginStream(response: ServerResponse, bytes: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(bytes)
}

export function sendStream(response: ServerResponse, bytes: string | Uint8Array): void {
  beginStream(response, bytes)
  response.end()
}

/** What an answer came to, event by event. */
export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = []
  for await (const event of events) all.push(event)
  return all
}
