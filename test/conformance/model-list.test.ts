import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts'

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string

beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-4o-2024-08-06', 'gpt-new'])
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', {
    id: 'up',
    kind: 'openai',
    baseUrl: upstream.baseUrl,
    key: 'sk-up'
  })
  secret = (await daemon.app('POST /app/keys', { name: 'Lister' })).secret
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const answer = await fetch(`${daemon.baseUrl}${path}`, {
    ...init,
    headers: { ...headers, ...init.headers }
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

it('knows models that OpenAI lists by their names alone, and nothing of those it never heard of', async () => {
  const { models } = await daemon.app('GET /app/models')
  const find = (id: string) => models.find((model) => model.id === id)
  expect(find('up/gpt-4o-2024-08-06')).toMatchObject({
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    abilities: { vision: true, tools: true, json: true, reasoning: false }
  })
  expect(find('up/gpt-new')).toMatchObject({ contextTokens: null, maxOutputTokens: null, abilities: {} })
})

it.each<[string, string, RequestInit, object]>([
  [
    'Google',
    '/v1beta/models/up/gpt-4o-2024-08-06',
    {},
    { inputTokenLimit: 128_000, outputTokenLimit: 16_384 }
  ],
  [
    'Anthropic',
    '/v1/models/up/gpt-4o-2024-08-06',
    { headers: { 'anthropic-version': '2023-06-01' } },
    { max_input_tokens: 128_000, max_tokens: 16_384 }
  ],
  [
    'Ollama',
    '/api/show',
    { method: 'POST', body: JSON.stringify({ model: 'up/gpt-4o-2024-08-06' }) },
    { capabilities: ['completion', 'tools', 'vision'], model_info: { 'up.context_length': 128_000 } }
  ]
])('says it in the words of %s', async (_, path, init, expected) => {
  expect(await ask(path, init)).toMatchObject(expected)
})
