import { HumanMessage, SystemMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'

let upstream: FakeUpstream
let daemon: DaemonProcess
let chat: (name: string) => ChatOpenAI

beforeAll(async () => {
  upstream = await startFakeUpstream()
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl })
  const { secret } = await daemon.app('POST /app/keys', { name: 'LangChain' })
  chat = (name) =>
    new ChatOpenAI({
      model: `up/${name}`,
      apiKey: secret,
      maxRetries: 0,
      configuration: { baseURL: `${daemon.baseUrl}/v1` }
    })
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

describe('LangChain pointed at Homeport', () => {
  it('invokes a model, and knows what it used', async () => {
    const answer = await chat(fakeModels.echo).invoke([
      new SystemMessage('Repeat.'),
      new HumanMessage('Say it back')
    ])
    expect(answer.text).toBe('Say it back')
    expect(answer).toMatchObject({ usage_metadata: { total_tokens: expect.any(Number) } })
  })

  it('streams', async () => {
    const pieces: string[] = []
    for await (const piece of await chat(fakeModels.echo).stream('one two three')) pieces.push(piece.text)
    expect(pieces.join('')).toBe('one two three')
    expect(pieces.length).toBeGreaterThan(1)
  })

  it('sends its tools on as they are', async () => {
    const tool = {
      type: 'function',
      function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }
    } as const
    await chat(fakeModels.echo).bindTools([tool]).invoke('Hi')
    expect(JSON.parse(String(upstream.requests.at(-1)?.body)).tools).toEqual([tool])
  })

  it('gets an error that says what is wrong', async () => {
    await expect(chat('no-such-model').invoke('Hi')).rejects.toThrow(/no-such-model|404/)
  })
})
