import OpenAI from 'openai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import {
  type FakeResponsesUpstream,
  responsesModels,
  startFakeResponsesUpstream
} from '../support/fake-responses-upstream.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'

let native: FakeResponsesUpstream
let chat: FakeUpstream
let daemon: DaemonProcess
let secret: string

beforeAll(async () => {
  native = await startFakeResponsesUpstream()
  chat = await startFakeUpstream()
  daemon = await startDaemon()
  const key = 'sk-upstream'
  await daemon.app('POST /app/providers', { id: 'native', kind: 'openai', baseUrl: native.baseUrl, key })
  await daemon.app('POST /app/providers', { id: 'chat', baseUrl: chat.baseUrl })
  secret = (await daemon.app('POST /app/keys', { name: 'SDK test' })).secret
})
afterAll(async () => {
  await daemon?.stop()
  await native?.close()
  await chat?.close()
})

const client = () => new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
const echo = `chat/${fakeModels.echo}`

it('responses are there after a crash, and conversations go on', async () => {
  const first = await client().responses.create({ model: `native/${responsesModels.text}`, input: 'Hi' })
  const second = await client().responses.create({
    model: echo,
    input: 'Two',
    previous_response_id: first.id
  })
  // acknowledged is what is still there 50 ms after the answer's end
  await new Promise((resolve) => setTimeout(resolve, 50))
  await daemon.kill()
  daemon = await startDaemon({ dataDir: daemon.dataDir })

  expect((await client().responses.retrieve(first.id)).output_text).toBe(first.output_text)
  const third = await client().responses.create({
    model: `native/${responsesModels.text}`,
    input: 'Three',
    previous_response_id: second.id
  })
  expect(third.previous_response_id).toBeNull()
  const told = JSON.stringify(native.requests.at(-1)?.body.input)
  for (const said of ['Hi', first.output_text, 'Two', 'Three']) expect(told).toContain(said)
})

/** Anthropic's dialect, for a model of OpenAI's. */
async function messages(body: Record<string, unknown>) {
  const answer = await fetch(`${daemon.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': secret, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ max_tokens: 20_000, ...body })
  })
  return (await answer.json()) as { content: unknown[]; stop_reason: string }
}
const user = (content: string) => ({ role: 'user', content })

it('clients of another dialect get OpenAI’s calls side by side', async () => {
  const { content, stop_reason } = await messages({
    model: `native/${responsesModels.tools}`,
    messages: [user('The weather?')],
    tools: [{ name: 'get_weather', input_schema: { type: 'object' } }]
  })
  expect(stop_reason).toBe('tool_use')
  expect(content).toMatchObject([
    { type: 'text' },
    { type: 'tool_use', name: 'get_weather', input: { city: 'Paris' } },
    { type: 'tool_use', name: 'get_weather', input: { city: 'São Paulo' } },
    { type: 'tool_use', name: 'get_time', input: {} }
  ])
  expect(native.requests.at(-1)).toMatchObject({ path: '/v1/responses', body: { store: false } })
})

it('what OpenAI’s model thought goes back to it from a client of another dialect', async () => {
  const model = `native/${responsesModels.thinks}`
  const thinking = { type: 'enabled', budget_tokens: 10_000 }
  const first = await messages({ model, thinking, messages: [user('Which is larger?')] })
  const next = [user('Which is larger?'), { role: 'assistant', content: first.content }, user('Sure?')]
  await messages({ model, thinking, messages: next })
  const body = native.requests.at(-1)?.body ?? {}
  expect(body).toMatchObject({ reasoning: { effort: 'medium' } })
  const input = body.input as { type: string; encrypted_content?: string }[]
  expect(input.map(({ type }) => type)).toEqual(['message', 'reasoning', 'reasoning', 'message', 'message'])
  for (const { encrypted_content: encrypted } of input.slice(1, 3)) expect(encrypted).toMatch(/^gAAAA/)
})
