import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createUpstreamHttp, type UpstreamHttpOptions } from '../shared/http.ts'
import type { ChatCall, ChatEvent, ChatPart, ChatRequest } from '../spec/chat.ts'
import { createAdapter } from './adapter.ts'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}
export type Answering = (response: ServerResponse, request: SeenRequest) => void

/** A provider whose upstream answers with what the test says, and remembers what it was asked. */
export async function googleAt(answering: Answering, options: UpstreamHttpOptions = {}) {
  const requests: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const seen = { method, url, headers, body: await text(request) }
    requests.push(seen)
    answering(response, seen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createUpstreamHttp(options)
  onTestFinished(async () => {
    await http.close()
    server.close()
    server.closeAllConnections()
  })
  // proven: a TCP server that listens has an address
  const { port } = server.address() as AddressInfo
  const adapter = createAdapter(http)
  const config = {
    id: 'google',
    name: 'Google',
    baseUrl: `http://127.0.0.1:${port}/v1beta`,
    models: [],
    pricing: 'unknown' as const,
    options: {},
    key: async () => 'AIza-test'
  }
  return { provider: adapter.create(config), adapter, config, requests }
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

export const sendSse = (response: ServerResponse, body: string | Buffer): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(body)
}

export const simpleRequest: ChatRequest = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  output: 'text',
  unmapped: []
}

export const callOf = (call: Partial<ChatCall> = {}): ChatCall => ({
  model: 'gemini-2.5-flash',
  stream: true,
  request: () => simpleRequest,
  wire: null,
  signal: new AbortController().signal,
  ...call
})

/** A call whose client speaks Google's dialect. */
export const wireCall = (body: string, call: Partial<ChatCall> = {}): ChatCall =>
  callOf({
    wire: { dialect: 'google-generate', body: Buffer.from(body), json: JSON.parse(body), headers: {} },
    ...call
  })

export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

export const partsOf = (events: readonly ChatEvent[]): ChatPart[] => events.flatMap(({ parts }) => parts)
