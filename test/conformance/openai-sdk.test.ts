import OpenAI, { APIUserAbortError, AuthenticationError, NotFoundError } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { recordingUpstream, sendJson, sendStream } from '../support/recording-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'
import { hasOpenaiSchema, openaiSchemaProblems } from './openai-schema.ts'
import { casesOf, type ProviderCase, readAnswerFixtures } from './provider-cases.ts'

const upstreamKey = 'sk-upstream-test'
let upstream: FakeUpstream
let daemon: DaemonProcess
let client: OpenAI

beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: upstreamKey })
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', {
    id: 'up',
    baseUrl: upstream.baseUrl,
    key: upstreamKey,
    pricing: 'openai'
  })
  const { secret } = await daemon.app('POST /app/keys', { name: 'SDK test' })
  client = openai(secret)
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

const openai = (apiKey: string) => new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey, maxRetries: 0 })
const messages = [{ role: 'user' as const, content: 'Say it back, please' }]
const model = (name: string) => `up/${name}`

/** The trace of the newest call, once it is recorded. */
async function newestTrace(ofModel: string) {
  return waitUntil(async () => {
    const { traces } = await daemon.app('GET /app/traces')
    return traces.find((trace) => trace.model === ofModel)
  })
}

describe('the openai SDK pointed at Homeport', () => {
  it('lists the models of every provider under their addresses', async () => {
    const ids = (await client.models.list()).data.map((entry) => entry.id)
    expect(ids).toContain(model(fakeModels.small))
    expect(await client.models.retrieve(model(fakeModels.small))).toMatchObject({ object: 'model' })
  })

  it('gets a plain answer with its usage, and the upstream gets its own key and model', async () => {
    const answer = await client.chat.completions.create({ model: model(fakeModels.echo), messages })
    expect(answer.choices[0]?.message.content).toBe('Say it back, please')
    expect(answer.usage?.total_tokens).toBeGreaterThan(0)

    const sent = upstream.requests.at(-1)
    expect(sent?.headers.authorization).toBe(`Bearer ${upstreamKey}`)
    expect(JSON.parse(String(sent?.body))).toEqual({ model: fakeModels.echo, messages })
  })

  it("does not multiply Homeport's retries by its own", async () => {
    const before = upstream.requests.length
    const eager = new OpenAI({ baseURL: client.baseURL, apiKey: client.apiKey, maxRetries: 3 })
    await expect(
      eager.chat.completions.create({ model: model(fakeModels.failing), messages })
    ).rejects.toMatchObject({ status: 502 })
    expect(upstream.requests.length - before).toBeLessThanOrEqual(3)
  })

  it('gets a streamed answer, with usage only when it asked for it', async () => {
    const read = async (include_usage: boolean) => {
      const stream = await client.chat.completions.create({
        model: model(fakeModels.echo),
        messages,
        stream: true,
        ...(include_usage ? { stream_options: { include_usage } } : {})
      })
      const chunks = []
      for await (const chunk of stream) chunks.push(chunk)
      return {
        text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''),
        usage: chunks.find((chunk) => chunk.usage)?.usage
      }
    }
    expect(await read(true)).toMatchObject({
      text: 'Say it back, please',
      usage: { prompt_tokens: expect.any(Number) }
    })
    expect(await read(false)).toEqual({ text: 'Say it back, please', usage: undefined })
    const trace = await newestTrace(model(fakeModels.echo))
    expect(trace.usage?.output.total, 'counted all the same').toBeGreaterThan(0)
  })

  it('stops the upstream when the program stops reading', async () => {
    const before = upstream.disconnects
    const abort = new AbortController()
    const stream = await client.chat.completions.create(
      { model: model(fakeModels.endless), messages, stream: true },
      { signal: abort.signal }
    )
    let seen = 0
    try {
      for await (const _ of stream) if (++seen === 3) abort.abort()
    } catch (error) {
      expect(error).toBeInstanceOf(APIUserAbortError)
    }
    await waitUntil(() => upstream.disconnects === before + 1)
    expect(await newestTrace(model(fakeModels.endless))).toMatchObject({ status: 'aborted', app: 'SDK test' })
  })

  it('sees a broken-off upstream as an error, never as a finished answer', async () => {
    const stream = await client.chat.completions.create({
      model: model(fakeModels.cut),
      messages,
      stream: true
    })
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow()
    expect(await newestTrace(model(fakeModels.cut))).toMatchObject({ status: 'cut' })
  })

  it('is told 401 for a wrong key and for one that was revoked', async () => {
    await expect(openai('hp_wrong').models.list()).rejects.toBeInstanceOf(AuthenticationError)
    const { key, secret } = await daemon.app('POST /app/keys', { name: 'Short-lived' })
    await openai(secret).models.list()
    await daemon.app('DELETE /app/keys/:id', undefined, { id: key.id })
    await expect(openai(secret).models.list()).rejects.toBeInstanceOf(AuthenticationError)
  })

  it('is told 404 for a model nobody serves', async () => {
    const asking = client.chat.completions.create({ model: 'nobody/nothing', messages })
    await expect(asking).rejects.toBeInstanceOf(NotFoundError)
    await expect(asking).rejects.toMatchObject({ code: 'model_not_found' })
  })

  it('is told 413 for a body over the limit, and the daemon lives on', async () => {
    const huge = [{ role: 'user' as const, content: 'x'.repeat(65 * 1024 * 1024) }]
    await expect(
      client.chat.completions.create({ model: model(fakeModels.small), messages: huge })
    ).rejects.toThrow()
    expect((await fetch(`${daemon.baseUrl}/health`)).status).toBe(200)
  })

  it('gets the upstream’s own refusal, with its status', async () => {
    const asking = client.chat.completions.create({ model: model(fakeModels.badParameter), messages })
    await expect(asking).rejects.toMatchObject({ status: 400, param: 'temperature' })
    expect(await newestTrace(model(fakeModels.badParameter))).toMatchObject({ status: 'error' })
  })
})

describe.each([...casesOf('anthropic', '.expected.json'), ...casesOf('google', '.expected.json')])(
  'the openai SDK with $folder answering $name',
  (recorded) => {
    it('gets the same answer plain and streamed, in OpenAI’s own form', async () => {
      const { expected } = readAnswerFixtures(recorded)
      const plain = await answered(recorded, (ask) => client.chat.completions.create(ask))
      const chunks: unknown[] = []
      const streamed = await answered(recorded, async (ask) => {
        const stream = client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } })
        stream.on('chunk', (chunk) => chunks.push(chunk))
        return stream.finalChatCompletion()
      })
      for (const { choices, usage } of [plain, streamed]) {
        const [choice] = choices
        expect(choice?.message.content ?? '').toBe(expected.text)
        expect(choice?.message.tool_calls?.length ?? 0).toBe(expected.toolCalls.length)
        for (const [index, { id, name, arguments: text }] of expected.toolCalls.entries()) {
          const call = choice?.message.tool_calls?.[index]
          expect(call).toMatchObject({ type: 'function', function: { name } })
          if (id !== undefined) expect(call?.id).toBe(id)
          const given = call?.type === 'function' ? call.function.arguments : ''
          expect(JSON.parse(given || '{}')).toEqual(JSON.parse(text || '{}'))
        }
        expect(usage).toMatchObject({
          prompt_tokens: expected.usage.input.total,
          completion_tokens: expected.usage.output.total,
          prompt_tokens_details: { cached_tokens: expected.usage.input.cacheRead }
        })
      }
      if (!hasOpenaiSchema) return
      expect(openaiSchemaProblems('CreateChatCompletionResponse', plain)).toEqual([])
      for (const chunk of chunks) {
        expect(openaiSchemaProblems('CreateChatCompletionStreamResponse', chunk)).toEqual([])
      }
    })
  }
)

type Ask = { model: string; messages: { role: 'user'; content: string }[] }

/** Asks a provider that answers every call with a recorded answer, streamed where a stream is asked for. */
async function answered<T>(recorded: ProviderCase, call: (ask: Ask) => Promise<T>): Promise<T> {
  const { plain, stream } = readAnswerFixtures(recorded)
  const upstream = await recordingUpstream((response, { headers }) =>
    headers.accept === 'text/event-stream' ? sendStream(response, stream) : sendJson(response, plain)
  )
  const id = `recorded-${recorded.folder}`
  const models = ['some-model']
  const { kind } = recorded.adapter
  await daemon.app('POST /app/providers', {
    id,
    kind,
    baseUrl: upstream.origin,
    key: 'sk-x',
    models,
    force: true
  })
  try {
    return await call({ model: `${id}/some-model`, messages: [{ role: 'user', content: 'Hi' }] })
  } finally {
    await daemon.app('DELETE /app/providers/:id', undefined, { id })
  }
}
