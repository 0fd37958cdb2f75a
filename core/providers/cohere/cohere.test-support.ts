import type { ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { beginStream, recordingUpstream } from '../../../test/support/recording-upstream.ts'
import { createUpstreamHttp } from '../shared/http.ts'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { createAdapter } from './adapter.ts'

/** A provider whose upstream answers with what the test says, and remembers what it was asked. */
export async function cohereAt(
  answering: Parameters<typeof recordingUpstream>[0],
  options: ProviderConfig['options'] = {}
) {
  const { origin, requests, disconnects } = await recordingUpstream(answering)
  const http = createUpstreamHttp()
  onTestFinished(() => http.close())
  const adapter = createAdapter(http)
  const config: ProviderConfig = {
    id: 'cohere',
    name: 'Cohere',
    baseUrl: origin,
    models: ['command-a-03-2025'],
    pricing: 'unknown',
    options,
    key: async () => 'co-test'
  }
  return { provider: adapter.create(config), adapter, config, requests, disconnects }
}

/** The events of a stream, or what is sent in their place. */
export function sendEvents(response: ServerResponse, events: readonly unknown[] | string, end = true): void {
  const written = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`
  beginStream(response, typeof events === 'string' ? events : events.map(written).join(''))
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
