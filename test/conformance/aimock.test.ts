import { LLMock } from '@copilotkit/aimock'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'

// An upstream that somebody else wrote: what it takes and what it sends is their reading of the vendors' documents.

const kinds = [
  { kind: 'openai-compatible', path: '/v1', model: 'gpt-4o' },
  { kind: 'openai', path: '/v1', model: 'gpt-4o' },
  { kind: 'azure', path: '', model: 'gpt-4o', options: { apiVersion: '2024-10-21' } },
  { kind: 'anthropic', path: '', model: 'claude-sonnet-4-5' },
  { kind: 'google', path: '/v1beta', model: 'gemini-2.5-flash' },
  { kind: 'cohere', path: '', model: 'command-a-03-2025' }
]

let mock: LLMock
let daemon: DaemonProcess
let client: OpenAI

beforeAll(async () => {
  mock = await LLMock.create({ port: 0 })
  mock.onMessage(/hello/i, { content: 'Hello from the other side.' })
  mock.onMessage(/weather/i, {
    toolCalls: [
      { name: 'weather', arguments: '{"city":"Oslo"}' },
      { name: 'weather', arguments: '{"city":"Lima"}' }
    ]
  })
  mock.onMessage(/too fast/i, {
    error: { message: 'Slow down', type: 'rate_limit_error' },
    status: 429,
    retryAfter: 60
  })
  mock.onMessage(/malformed/i, { content: 'never' }, { chaos: { malformedRate: 1 } })
  mock.onMessage(
    /hang up/i,
    { content: 'A long answer that is never finished. '.repeat(40) },
    { truncateAfterChunks: 3 }
  )
  daemon = await startDaemon()
  for (const { kind, path, model, options = {} } of kinds) {
    await daemon.app('POST /app/providers', {
      id: kind,
      kind,
      baseUrl: mock.url + path,
      key: 'sk-aimock',
      models: [model],
      options,
      force: true
    })
  }
  const { secret } = await daemon.app('POST /app/keys', { name: 'aimock' })
  client = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
})
afterAll(async () => {
  await daemon?.stop()
  await mock?.stop()
})
afterEach(() => mock.clearRequests())

const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  }
}

describe.each(kinds)('$kind, as aimock plays it', ({ kind, model }) => {
  const ask = (content: string) => ({
    model: `${kind}/${model}`,
    messages: [{ role: 'user' as const, content }],
    max_tokens: 500
  })

  it('answers in one piece', async () => {
    const { choices } = await client.chat.completions.create(ask('Hello?'))
    expect(choices[0]).toMatchObject({
      message: { content: 'Hello from the other side.' },
      finish_reason: 'stop'
    })
  })

  it('answers as a stream', async () => {
    const stream = client.chat.completions.stream(ask('Hello?'))
    expect(await stream.finalContent()).toBe('Hello from the other side.')
  })

  it.each([false, true])(
    'calls two tools at once, each with its own arguments (stream: %s)',
    async (stream) => {
      const asked = { ...ask('What is the weather?'), tools: [weather] }
      const message = stream
        ? await client.chat.completions.stream(asked).finalMessage()
        : (await client.chat.completions.create(asked)).choices[0]?.message
      const calls = message?.tool_calls ?? []
      expect(calls.map((call) => call.type === 'function' && JSON.parse(call.function.arguments))).toEqual([
        { city: 'Oslo' },
        { city: 'Lima' }
      ])
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2)
    }
  )

  it('says when the upstream is asked too fast', async () => {
    await expect(client.chat.completions.create(ask('too fast'))).rejects.toMatchObject({ status: 429 })
  })

  it('takes no broken answer for an answer', async () => {
    await expect(client.chat.completions.create(ask('malformed'))).rejects.toMatchObject({ status: 502 })
  })

  it('takes no answer that was cut off for a whole one', async () => {
    const read = async () => {
      const stream = await client.chat.completions.create({ ...ask('hang up'), stream: true })
      for await (const _ of stream);
    }
    await expect(read()).rejects.toThrow()
  })
})
