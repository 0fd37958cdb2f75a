import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { ChatCall, ChatEvent, ChatRequest, Dialect } from '../../spec/chat.ts'
import type { ProviderConfig } from '../../spec/provider.ts'
import { createUpstreamHttp } from '../http.ts'

export interface Recorded {
  path: string
  headers: IncomingHttpHeaders
  /** As it came. */
  text: string
  body: Readonly<Record<string, unknown>>
}

/** A real server on loopback that notes what it is asked; it and the connections to it end with the test. */
export async function recordingServer(answer: (response: ServerResponse, request: Recorded) => void) {
  const requests: Recorded[] = []
  const server = createServer(async (incoming, response) => {
    const sent = await text(incoming)
    const body: Recorded['body'] = sent === '' ? {} : JSON.parse(sent)
    const request = { path: incoming.url ?? '', headers: incoming.headers, text: sent, body }
    requests.push(request)
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createUpstreamHttp()
  onTestFinished(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const config = (changed: Partial<ProviderConfig> = {}): ProviderConfig => ({
    id: 'up',
    name: 'Up',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    models: [],
    pricing: 'unknown',
    options: {},
    key: async () => 'sk-test',
    ...changed
  })
  return { requests, http, config, last: () => requests.at(-1) }
}

const question: ChatRequest = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  output: 'text',
  unmapped: []
}

/** A call of a model without a wire form, so that it is written anew. */
export function callOf(changed: Partial<ChatCall> & { asks?: Partial<ChatRequest> } = {}): ChatCall {
  const { asks, ...rest } = changed
  return {
    model: 'gpt-4.1-mini',
    stream: false,
    request: () => ({ ...question, ...asks }),
    wire: null,
    signal: new AbortController().signal,
    ...rest
  }
}

export const wireOf = (dialect: Dialect, body: string) => ({
  dialect,
  body: Buffer.from(body),
  json: JSON.parse(body),
  headers: {}
})

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const list: ChatEvent[] = []
  for await (const event of events) list.push(event)
  return list
}
