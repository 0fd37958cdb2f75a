import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { recordingUpstream } from '../../../../test/support/recording-upstream.ts'
import type { ChatCall, ChatRequest, Dialect } from '../../spec/chat.ts'
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
  const { origin } = await recordingUpstream((response, { url, headers, body }) => {
    const request = { path: url, headers, text: body, body: body === '' ? {} : JSON.parse(body) }
    requests.push(request)
    answer(response, request)
  })
  const http = createUpstreamHttp()
  onTestFinished(() => http.close())
  const config = (changed: Partial<ProviderConfig> = {}): ProviderConfig => ({
    id: 'up',
    name: 'Up',
    baseUrl: `${origin}/v1`,
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
