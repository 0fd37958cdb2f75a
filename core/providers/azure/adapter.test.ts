import { describe, expect, test } from 'vitest'
import { sendJson } from '../../../test/support/recording-upstream.ts'
import { callOf, recordingServer, wireOf } from '../shared/openai-responses/recording-server.test-support.ts'
import { createAdapter } from './adapter.ts'
import { normalizeResourceUrl } from './address.ts'

const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]
const answer = { object: 'response', status: 'completed', output: [], choices, data: [{ embedding: [0.5] }] }

async function start(options: Record<string, string> = {}) {
  const server = await recordingServer((res) => sendJson(res, answer))
  const config = server.config({ options })
  const resource = { ...config, baseUrl: config.baseUrl.replace('/v1', ''), models: ['gpt-5'] }
  const adapter = createAdapter(server.http)
  return { ...server, adapter, resource, provider: adapter.create(resource) }
}

const chatWire = wireOf('openai-chat', '{"model":"az/gpt-5","messages":[{"role":"user","content":"Hi"}]}')
const responsesWire = wireOf('openai-responses', '{"model":"az/gpt-5","input":"Hi"}')
const signal = new AbortController().signal

test.each([
  ['https://acme.openai.azure.com', 'https://acme.openai.azure.com'],
  ['acme.openai.azure.com/', 'https://acme.openai.azure.com'],
  ['https://acme.openai.azure.com/openai/v1/', 'https://acme.openai.azure.com'],
  [
    'https://acme.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21',
    'https://acme.openai.azure.com'
  ],
  ['https://gateway.example.com/ai/openai/v1', 'https://gateway.example.com/ai']
])('takes %s as the resource %s', (input, resource) => {
  expect(normalizeResourceUrl(input)).toBe(resource)
})

describe('the v1 API', () => {
  test.each([
    [{}, chatWire, '/openai/v1/chat/completions'],
    [{}, responsesWire, '/openai/v1/responses'],
    [{}, null, '/openai/v1/responses'],
    [{ apiVersion: 'preview' }, responsesWire, '/openai/v1/responses?api-version=preview']
  ])(
    'with %j is asked at the address of the operation',
    async (options: Record<string, string>, wire, path) => {
      const { provider, last } = await start(options)
      await provider.chat(callOf({ model: 'gpt-5', wire }))
      expect(last()).toMatchObject({ path, headers: { 'api-key': 'sk-test' }, body: { model: 'gpt-5' } })
      expect(last()?.headers).not.toHaveProperty('authorization')
    }
  )
})

describe('a dated version', () => {
  const options = { apiVersion: '2024-10-21', deployments: 'gpt-5=prod five' }
  test.each([chatWire, responsesWire, null])('speaks chat completions only', async (wire) => {
    const { provider, last } = await start(options)
    await provider.chat(callOf({ model: 'gpt-5', wire }))
    expect(last()?.path).toBe('/openai/deployments/prod%20five/chat/completions?api-version=2024-10-21')
  })

  test('makes embeddings at the deployment', async () => {
    const { provider, last } = await start(options)
    await provider.embed?.({ model: 'small', inputs: ['Hi'], signal })
    expect(last()?.path).toBe('/openai/deployments/small/embeddings?api-version=2024-10-21')
  })
})

describe('deployments', () => {
  const options = { deployments: 'gpt-5 = prod-five,\ngpt-4o=chat, broken' }

  test('are what a model is called on the wire', async () => {
    const { provider, last } = await start(options)
    for (const wire of [chatWire, responsesWire, null]) {
      await provider.chat(callOf({ model: 'gpt-5', wire }))
      expect(last()?.body.model).toBe('prod-five')
    }
    const body = Buffer.from('{"model":"gpt-4o","input":"x"}')
    const raw = await provider.raw?.({
      operation: 'moderations',
      body,
      contentType: 'application/json',
      signal
    })
    raw?.body.resume()
    expect(last()?.text).toBe('{"model":"chat","input":"x"}')
  })

  test('still tell what their model can do', async () => {
    const { provider, last } = await start(options)
    const { warnings } = await provider.chat(callOf({ model: 'gpt-5', asks: { temperature: 0.5 } }))
    expect(warnings).toEqual(['temperature was dropped'])
    expect(last()?.body).not.toHaveProperty('temperature')
  })

  test('are models beside those that were named', async () => {
    const { provider, adapter, resource } = await start(options)
    expect(provider.listModels().map(({ id }) => id)).toEqual(['gpt-5', 'gpt-4o'])
    expect(await adapter.test(resource, signal)).toMatchObject({ ok: true, models: ['gpt-5', 'gpt-4o'] })
  })
})

test('the test of a resource asks its list of models', async () => {
  const { adapter, resource, last } = await start()
  await adapter.test(resource, signal)
  expect(last()).toMatchObject({ path: '/openai/v1/models', headers: { 'api-key': 'sk-test' } })
})

test('a prompt that the content filter refused is told apart from other refusals', async () => {
  const error = {
    message:
      'The response was filtered due to the prompt triggering Azure OpenAI’s content management policy.',
    type: null,
    param: 'prompt',
    code: 'content_filter',
    status: 400,
    innererror: { code: 'ResponsibleAIPolicyViolation' }
  }
  const server = await recordingServer((res) => sendJson(res, { error }, 400))
  const provider = createAdapter(server.http).create(server.config())
  for (const wire of [chatWire, responsesWire]) {
    await expect(provider.chat(callOf({ wire }))).rejects.toMatchObject({
      code: 'content-refused',
      status: 400,
      wire: { body: { error } }
    })
  }
})
