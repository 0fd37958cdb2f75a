import OpenAI from 'openai'
import { startGateway } from '../../core/gateway/testing/small-gateway.ts'
import { pipelineTo, providerOf } from '../../core/pipeline/pipeline.test-support.ts'
import { createAdapter as createOpenai } from '../../core/providers/openai/adapter.ts'
import { createUpstreamHttp } from '../../core/providers/shared/http.ts'
import { createProvider } from '../../core/providers/shared/openai-chat/provider.ts'
import { commonQuirks } from '../../core/providers/shared/openai-chat/vendor.ts'
import type { ChatEvent, ChatRequest } from '../../core/providers/spec/chat.ts'
import type { ProviderConfig } from '../../core/providers/spec/provider.ts'
import { startFakeResponsesUpstream } from './fake-responses-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

/** What the provider `thinker` signs. */
export const signature = { vendor: 'google', value: 'c2lnbmVk' } as const

/**
 * A gateway with four providers: `native` speaks the Responses API, `chat` and `tools` chat completions, and `thinker` none:
 * its model thinks, and signs the call that it makes.
 */
export async function startResponsesGateway() {
  const http = createUpstreamHttp()
  const native = await startFakeResponsesUpstream()
  const chat = await startFakeUpstream()
  const config = (id: string, baseUrl: string): ProviderConfig => ({
    id,
    name: id,
    baseUrl,
    models: [],
    pricing: 'unknown',
    options: {},
    key: async () => 'sk-upstream'
  })
  const compatible = (id: string, baseUrl: string) =>
    createProvider(config(id, baseUrl), { kind: 'openai-compatible', quirks: commonQuirks }, http)
  const heard: ChatRequest[] = []
  const thinker = providerOf(async function* ({ request }): AsyncGenerator<ChatEvent> {
    heard.push(request())
    yield { parts: [{ type: 'reasoning-delta', text: 'I should look.' }] }
    yield { parts: [{ type: 'tool-call-start', index: 0, id: 'call_1', name: 'look', signature }] }
    yield { parts: [{ type: 'tool-call-delta', index: 0, arguments: '{}' }] }
    yield { parts: [{ type: 'finish', reason: 'tool-calls' }] }
  })
  const { pipeline, traces } = pipelineTo([
    createOpenai(http).create(config('native', native.baseUrl)),
    compatible('chat', chat.baseUrl),
    compatible('tools', native.baseUrl),
    { ...thinker, id: 'thinker' }
  ])
  const gateway = await startGateway({ pipeline })
  return {
    native,
    chat,
    traces,
    /** What `thinker` was asked. */
    heard,
    sdk: (apiKey: string) =>
      new OpenAI({ baseURL: `http://127.0.0.1:${gateway.port}/v1`, apiKey, maxRetries: 0 }),
    async close() {
      await gateway.close()
      await Promise.all([native.close(), chat.close(), http.close()])
    }
  }
}
export type ResponsesGateway = Awaited<ReturnType<typeof startResponsesGateway>>
