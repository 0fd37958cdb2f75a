import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { CallResult } from '../pipeline/context.ts'
import type { ChatEvent, ChatRequest } from '../providers/spec/chat.ts'
import {
  appToken,
  events,
  type RunningGateway,
  type Script,
  smallPipeline,
  someUsage,
  startGateway,
  untilAborted
} from './testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})
async function start(script: Script, head: Partial<CallResult['head']> = {}, apiKey = appToken) {
  const { pipeline } = smallPipeline(script, head)
  running = await startGateway({ pipeline, limits: { bodyBytes: 10_000 } })
  return new OpenAI({ baseURL: `http://127.0.0.1:${running.port}/v1`, apiKey, maxRetries: 0 })
}
const ask = { model: 'acme/m1', messages: [{ role: 'user' as const, content: 'Hello' }] }
const answer: ChatEvent[] = [
  { parts: [{ type: 'text-delta', text: 'Hel' }] },
  { parts: [{ type: 'text-delta', text: 'lo' }] },
  { parts: [{ type: 'finish', reason: 'length' }] },
  { parts: [{ type: 'usage', usage: someUsage }] }
]

test('reads a plain completion with its usage', async () => {
  const client = await start(() => events(...answer))
  const completion = await client.chat.completions.create(ask)
  expect(completion.choices[0]?.message.content).toBe('Hello')
  expect(completion.choices[0]?.finish_reason).toBe('length')
  expect(completion.usage).toMatchObject({
    prompt_tokens: 12,
    completion_tokens: 7,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 }
  })
})

test('assembles a stream into the same completion', async () => {
  const client = await start(() => events(...answer))
  const stream = client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } })
  const completion = await stream.finalChatCompletion()
  expect(completion.choices[0]?.message).toMatchObject({ role: 'assistant', content: 'Hello' })
  expect(completion.choices[0]?.finish_reason).toBe('length')
  expect(completion.usage?.total_tokens).toBe(19)
})

test('assembles parallel tool calls, streamed or not, and hands them back with their signatures', async () => {
  const asked: ChatRequest[] = []
  const signature = { vendor: 'google', value: 'sig' } as const
  const client = await start((input) => {
    asked.push(input.request())
    return events(
      { parts: [{ type: 'tool-call-start', index: 0, id: 'a', name: 'add', signature }] },
      { parts: [{ type: 'tool-call-start', index: 1, id: 'b', name: 'sub' }] },
      { parts: [{ type: 'tool-call-delta', index: 1, arguments: '{"y":' }] },
      { parts: [{ type: 'tool-call-delta', index: 0, arguments: '{"x":1}' }] },
      { parts: [{ type: 'tool-call-delta', index: 1, arguments: '2}' }] },
      { parts: [{ type: 'finish', reason: 'tool-calls' }] }
    )
  })
  const tools = ['add', 'sub'].map((name) => ({ type: 'function' as const, function: { name } }))
  const plain = await client.chat.completions.create({ ...ask, tools })
  const streamed = await client.chat.completions.stream({ ...ask, tools }).finalChatCompletion()
  for (const { choices } of [plain, streamed]) {
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(choices[0]?.message.tool_calls).toMatchObject([
      { id: 'a', function: { name: 'add', arguments: '{"x":1}' } },
      { id: 'b', function: { name: 'sub', arguments: '{"y":2}' } }
    ])
  }
  const message = plain.choices[0]?.message
  if (!message) throw new Error('no message')
  const results = ['b', 'a'].map((id) => ({ role: 'tool' as const, tool_call_id: id, content: id }))
  await client.chat.completions.create({ ...ask, tools, messages: [...ask.messages, message, ...results] })
  expect(asked.at(-1)?.messages.slice(1)).toMatchObject([
    {
      content: [
        { id: 'a', signature },
        { id: 'b', arguments: '{"y":2}' }
      ]
    },
    { content: [{ callId: 'b' }] },
    { content: [{ callId: 'a' }] }
  ])
})

test("reads an upstream's own chunks", async () => {
  const chunk = (delta: object, reason: string | null) =>
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm1',
      choices: [{ index: 0, delta, finish_reason: reason }]
    })
  const wires = [chunk({ role: 'assistant', content: 'Hi' }, null), chunk({}, 'stop')]
  const client = await start(() => events(...wires.map((wire) => ({ parts: [], wire }))), {
    wireDialect: 'openai-chat'
  })
  let text = ''
  for await (const { choices } of await client.chat.completions.create({ ...ask, stream: true })) {
    text += choices[0]?.delta.content ?? ''
  }
  expect(text).toBe('Hi')
})

test('lists models and finds one whose id has slashes', async () => {
  const client = await start(() => events())
  const ids: string[] = []
  for await (const { id } of client.models.list()) ids.push(id)
  expect(ids).toEqual(['acme/m1', 'on-device/org/tiny'])
  expect((await client.models.retrieve('on-device/org/tiny')).owned_by).toBe('on-device')
  await expect(client.models.retrieve('none')).rejects.toBeInstanceOf(OpenAI.NotFoundError)
})

test('stopping a stream aborts the call', async () => {
  let aborted = () => {}
  const seen = new Promise<void>((resolve) => {
    aborted = resolve
  })
  const client = await start(async function* ({ signal }) {
    signal.addEventListener('abort', aborted)
    yield { parts: [{ type: 'text-delta', text: 'Hello' }] }
    await untilAborted(signal)
  })
  const stream = await client.chat.completions.create({ ...ask, stream: true })
  for await (const { choices } of stream) if (choices[0]?.delta.content === 'Hello') break
  await seen
})

test('a wrong key, an unknown model and a body that is too large are errors of their own classes', async () => {
  const wrong = await start(() => events(), {}, 'wrong')
  await expect(wrong.chat.completions.create(ask)).rejects.toMatchObject({
    status: 401,
    code: 'invalid_api_key'
  })
  await running?.close()

  const unknown = new HomeportError('not-found', 'There is no model "x".', { param: 'model' })
  const client = await start(() => Promise.reject(unknown))
  await expect(client.chat.completions.create(ask)).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
    param: 'model'
  })
  const large = { ...ask, messages: [{ role: 'user' as const, content: 'x'.repeat(20_000) }] }
  await expect(client.chat.completions.create(large)).rejects.toMatchObject({ status: 413 })
})

test('a stream that breaks off is an error, not a short answer', async () => {
  const client = await start(async function* () {
    yield { parts: [{ type: 'text-delta', text: 'Hel' }] }
    throw new HomeportError('upstream-failed', 'acme broke off.')
  })
  const read = async () => {
    for await (const _ of await client.chat.completions.create({ ...ask, stream: true }));
  }
  await expect(read()).rejects.toThrow('acme broke off.')
})
