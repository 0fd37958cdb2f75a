import { onTestFinished } from 'vitest'
import { recordingUpstream } from '../../../test/support/recording-upstream.ts'
import { createUpstreamHttp, type UpstreamHttpOptions } from '../shared/http.ts'
import type { ChatCall, ChatEvent, ChatPart, ChatRequest } from '../spec/chat.ts'
import { createAdapter } from './adapter.ts'

/** A provider whose upstream answers with what the test says, and remembers what it was asked. */
export async function googleAt(
  answering: Parameters<typeof recordingUpstream>[0],
  options: UpstreamHttpOptions = {}
) {
  const { origin, requests } = await recordingUpstream(answering)
  const http = createUpstreamHttp(options)
  onTestFinished(() => http.close())
  const adapter = createAdapter(http)
  const config = {
    id: 'google',
    name: 'Google',
    baseUrl: `${origin}/v1beta`,
    models: [],
    pricing: 'unknown' as const,
    options: {},
    key: async () => 'AIza-test'
  }
  return { provider: adapter.create(config), adapter, config, requests }
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

export const partsOf = (events: readonly ChatEvent[]): ChatPart[] => events.flatMap(({ parts }) => parts)
