import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface ScriptedUpstream {
  /** `http://127.0.0.1:port`, as a person would paste it. */
  origin: string
  requests: { url: string; headers: IncomingHttpHeaders; body: string }[]
  /** Responses whose client went away before they were finished. */
  disconnects(): number
}

/** A server on loopback that answers every request as it is told, until the test ends. */
export async function scriptedUpstream(
  answer: (response: ServerResponse, request: IncomingMessage) => void
): Promise<ScriptedUpstream> {
  const requests: ScriptedUpstream['requests'] = []
  let disconnects = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const body = (await buffer(request)).toString()
    requests.push({ url: request.url ?? '', headers: request.headers, body })
    answer(response, request)
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

export function sendJson(
  response: ServerResponse,
  body: string | Uint8Array,
  headers: object = {},
  status = 200
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
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
