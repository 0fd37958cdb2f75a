import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, generateText, Output, streamText } from 'ai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

let upstream: FakeUpstream
let daemon: DaemonProcess
let model: (name: string) => ReturnType<ReturnType<typeof createOpenAICompatible>>

beforeAll(async () => {
  upstream = await startFakeUpstream()
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl })
  const { secret } = await daemon.app('POST /app/keys', { name: 'AI SDK' })
  const homeport = createOpenAICompatible({
    name: 'homeport',
    baseURL: `${daemon.baseUrl}/v1`,
    apiKey: secret,
    includeUsage: true,
    supportsStructuredOutputs: true
  })
  model = (name) => homeport(`up/${name}`)
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

describe("Vercel's AI SDK pointed at Homeport", () => {
  it('generates text, with usage and finish reason', async () => {
    const { text, usage, finishReason } = await generateText({
      model: model(fakeModels.echo),
      prompt: 'Say it back, please'
    })
    expect(text).toBe('Say it back, please')
    expect(usage.totalTokens).toBeGreaterThan(0)
    expect(finishReason).toBe('stop')
  })

  it('streams text, with usage at the end', async () => {
    const answer = streamText({ model: model(fakeModels.echo), prompt: 'word by word' })
    const pieces: string[] = []
    for await (const piece of answer.textStream) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe('word by word')
    expect((await answer.usage).outputTokens).toBeGreaterThan(0)
  })

  it('reads what a model thought apart from what it says', async () => {
    const answer = streamText({ model: model(fakeModels.reasoning), prompt: 'Think' })
    await answer.consumeStream()
    expect(await answer.reasoningText).toBeTruthy()
    expect(await answer.text).not.toContain(await answer.reasoningText)
  })

  it('sends the schema of a wanted object on as it is', async () => {
    const schema = z.object({ city: z.string() })
    await generateText({
      model: model(fakeModels.echo),
      prompt: '{"city":"Oslo"}',
      output: Output.object({ schema })
    }).then(({ output }) => expect(output).toEqual({ city: 'Oslo' }))
    const sent = JSON.parse(String(upstream.requests.at(-1)?.body))
    expect(sent.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { schema: { properties: { city: { type: 'string' } } } }
    })
  })

  it('stops the upstream when it is aborted', async () => {
    const before = upstream.disconnects
    const stop = new AbortController()
    const answer = streamText({
      model: model(fakeModels.endless),
      prompt: 'Go on',
      abortSignal: stop.signal
    })
    for await (const _ of answer.textStream) {
      stop.abort()
      break
    }
    await waitUntil(() => upstream.disconnects > before)
  })

  it('gets an error it can read', async () => {
    const failure = await generateText({
      model: model('no-such-model'),
      prompt: 'Hi',
      maxRetries: 0
    }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(APICallError)
    expect(failure).toMatchObject({ statusCode: 404, isRetryable: false })
  })
})
