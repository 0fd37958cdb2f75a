import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createUpstreamHttp } from '../shared/http.ts'
import type { ChatCall, ChatEvent, ChatRequest } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { createAdapter } from './adapter.ts'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** A provider whose upstream answers with what the test says, and remembers what it was asked. */
export async function cohereAt(
  answering: (response: ServerResponse, request: SeenRequest) => void,
  options: ProviderConfig['options'] = {}
) {
  const requests: SeenRequest[] = []
  let disconnects = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const { method = '', url = '', headers } = request
    const seen = { method, url, headers, body: await text(request) }
    requests.push(seen)
    answering(response, seen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createUpstreamHttp()
  onTestFinished(async () => {
    await http.close()
    server.close()
    server.closeAllConnections()
  })
  // proven: a TCP server that listens has an address
  const { port } = server.address() as AddressInfo
  const adapter = createAdapter(http)
  const config: ProviderConfig = {
    id: 'cohere',
    name: 'Cohere',
    baseUrl: `http://127.0.0.1:${port}`,
    models: ['command-a-03-2025'],
    pricing: 'unknown',
    options,
    key: async () => 'co-test'
  }
  const provider = adapter.create(config)
  return { provider, adapter, config, requests, disconnects: () => disconnects }
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

export function sendSse(response: ServerResponse, events: readonly unknown[] | string, end = true): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const written =
    typeof events === 'string' ? events : events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  response.write(written)
  if (end) response.end()
}

export const callOf = (call: Partial<ChatCall> = {}, request: Partial<ChatRequest> = {}): ChatCall => ({
  model: 'command-a-03-2025',
  stream: false,
  request: () => ({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    output: 'text',
    unmapped: [],
    ...request
  }),
  wire: null,
  signal: new AbortController().signal,
  ...call
})

export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = []
  for await (const event of events) all.push(event)
  return all
}
