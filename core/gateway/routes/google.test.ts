import { afterEach, describe, expect, it } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ModelTarget, Pipeline } from '../../pipeline/context.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { send, sseTexts } from '../testing/raw-http.ts'
import {
  appToken,
  events,
  jsonType,
  type RunningGateway,
  type Script,
  smallPipeline,
  someUsage,
  startGateway,
  traceId
} from '../testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

const key = { 'x-goog-api-key': appToken }
const ask = { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }

async function start(pipeline: Pipeline) {
  running = await startGateway({ pipeline })
  const { port } = running
  const post = async (path: string, body: unknown = ask, headers: Record<string, string> = key) => {
    const answer = await send(port, {
      method: 'POST',
      path: `/v1beta/${path}`,
      headers: { ...headers, ...jsonType },
      body: JSON.stringify(body)
    })
    return { ...answer, json: () => JSON.parse(answer.text) }
  }
  const get = async (path: string, headers: Record<string, string> = key) => {
    const answer = await send(port, { path: `/v1beta/${path}`, headers })
    return { status: answer.status, headers: answer.headers, json: JSON.parse(answer.text) }
  }
  return { post, get, port }
}
async function startWith(script: Script, head = {}) {
  const { pipeline, calls } = smallPipeline(script, head)
  return { ...(await start(pipeline)), calls }
}
const hi: Script = () =>
  events(
    { parts: [{ type: 'text-delta', text: 'Hi' }] },
    {
      parts: [
        { type: 'text-delta', text: '.' },
        { type: 'finish', reason: 'stop' },
        { type: 'usage', usage: someUsage }
      ]
    }
  )

describe('generateContent', () => {
  it('answers in the dialect', async () => {
    const { post, calls } = await startWith(hi)
    const answer = await post('models/acme/m1:generateContent')
    expect(answer.json()).toEqual({
      candidates: [{ content: { parts: [{ text: 'Hi.' }], role: 'model' }, finishReason: 'STOP', index: 0 }],
      usageMetadata: expect.objectContaining({ totalTokenCount: 19 }),
      modelVersion: 'acme/m1',
      responseId: traceId
    })
    expect(calls[0]).toMatchObject({ dialect: 'google-generate', stream: false, model: 'acme/m1' })
    expect(calls[0]?.request().messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hello' }] }
    ])
  })

  it.each([
    ['models/acme%2Fm1:generateContent', 'acme/m1'],
    ['models/models/fast:generateContent', 'fast'],
    ['models/up/llama3:8b:generateContent', 'up/llama3:8b'],
    ['models/up/llama3%3A8b%3AgenerateContent', 'up/llama3:8b']
  ])('finds the model in %s', async (path, model) => {
    const { post, calls } = await startWith(hi)
    expect((await post(path)).status).toBe(200)
    expect(calls[0]?.model).toBe(model)
  })

  it('streams events with alt=sse', async () => {
    const { post } = await startWith(hi)
    const answer = await post('models/acme/m1:streamGenerateContent?alt=sse')
    expect(answer.headers['content-type']).toContain('text/event-stream')
    const texts = sseTexts(answer.text).map((text) => JSON.parse(text).candidates[0].content.parts[0]?.text)
    expect(texts).toEqual(['Hi', '.', undefined])
  })

  it('streams a list without', async () => {
    const { post } = await startWith(hi)
    const answer = await post('models/acme/m1:streamGenerateContent')
    expect(answer.headers['content-type']).toContain('application/json')
    expect(answer.json()).toHaveLength(3)
  })

  it('hands on what Google sent', async () => {
    const wires = ['{"candidates": [],\n"x":1}', '{"y":2}']
    const script = () => events(...wires.map((wire) => ({ parts: [], wire })))
    const { post } = await startWith(script, { wireDialect: 'google-generate' })
    const list = await post('models/acme/m1:streamGenerateContent')
    expect(list.text).toBe(`[${wires[0]},\r\n${wires[1]}]\n`)
    expect((await post('models/acme/m1:generateContent')).text).toBe(wires.join(''))
  })

  it.each([
    ['?alt=sse', (text: string) => JSON.parse(sseTexts(text).at(-1) ?? '')],
    ['', (text: string) => JSON.parse(text).at(-1)]
  ])('ends a stream that breaks with an error (%s)', async (query, last) => {
    const { post } = await startWith(async function* () {
      yield { parts: [{ type: 'text-delta', text: 'Hi' }] }
      throw new HomeportError('upstream-failed', 'acme broke off.')
    })
    const answer = await post(`models/acme/m1:streamGenerateContent${query}`)
    expect(last(answer.text)).toMatchObject({
      error: { code: 502, message: 'acme broke off.', status: 'UNAVAILABLE' }
    })
    expect(answer.text).not.toContain('finishReason')
  })

  it('takes any name for the parameters of functions', async () => {
    const { post, calls } = await startWith(hi)
    const parameters = { type: 'object', properties: { constructor: { type: 'string' } } }
    const contents = [
      ...ask.contents,
      { role: 'model', parts: [{ functionCall: { name: 'f', args: { constructor: 'x' } } }] }
    ]
    const body = {
      contents,
      tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: parameters }] }]
    }
    expect((await post('models/acme/m1:generateContent', body)).status).toBe(200)
    expect(calls[0]?.request().tools).toEqual([{ name: 'f', parameters }])
  })
})

describe('/v1', () => {
  it('is shared with OpenAI’s dialect: Google’s methods and its SDKs’ header tell', async () => {
    const { port, calls } = await startWith(hi)
    const bearer = { authorization: `Bearer ${appToken}` }
    for (const headers of [key, bearer]) {
      const answer = await send(port, {
        method: 'POST',
        path: '/v1/models/acme/m1:generateContent',
        headers: { ...headers, ...jsonType },
        body: JSON.stringify(ask)
      })
      expect(JSON.parse(answer.text)).toMatchObject({ modelVersion: 'acme/m1' })
    }
    expect(calls).toHaveLength(2)
    const list = async (headers: Record<string, string>) =>
      JSON.parse((await send(port, { path: '/v1/models', headers })).text)
    expect(await list({ ...key, 'x-goog-api-client': 'google-genai-sdk/3.1.0' })).toMatchObject({
      models: [{ name: 'models/acme/m1' }, {}]
    })
    for (const headers of [key, bearer])
      expect(await list(headers)).toMatchObject({ object: 'list', data: [{ id: 'acme/m1' }, {}] })
  })
})

describe('errors', () => {
  it('of a missing key say which header to send, and a key in the address is none', async () => {
    const { post, calls } = await startWith(hi)
    for (const headers of [{}, key]) {
      const answer = await post(`models/acme/m1:generateContent?key=${appToken}`, ask, headers)
      expect(answer.status).toBe(401)
      expect(answer.json()).toMatchObject({
        error: { code: 401, status: 'UNAUTHENTICATED', message: expect.stringContaining('x-goog-api-key') }
      })
      expect(answer.text).not.toContain(appToken)
    }
    expect(calls).toEqual([])
  })

  it('of unknown addresses and methods are the dialect’s own', async () => {
    const { post, get } = await startWith(hi)
    expect((await post('models/acme/m1:predict')).json()).toMatchObject({
      error: { code: 404, status: 'NOT_FOUND' }
    })
    expect((await post('cachedContents')).json()).toMatchObject({ error: { code: 404 } })
    expect((await post('models/:generateContent')).json()).toMatchObject({ error: { code: 400 } })
    const wrong = await get('models/acme/m1:generateContent')
    expect(wrong.json).toMatchObject({ error: { code: 405 } })
    expect(wrong.headers.allow).toBe('POST')
    expect((await post('models/acme/m1')).json()).toMatchObject({ error: { code: 405 } })
  })

  it('of values out of range name the parameter', async () => {
    const { post } = await startWith(hi)
    const answer = await post('models/acme/m1:generateContent', { ...ask, generationConfig: { topP: 2 } })
    expect(answer.json()).toMatchObject({
      error: { code: 400, status: 'INVALID_ARGUMENT', details: [{ fieldViolations: [{ field: 'topP' }] }] }
    })
  })
})

describe('models', () => {
  it('are listed whole or in pages', async () => {
    const { get } = await startWith(hi)
    const { json } = await get('models')
    expect(json.models.map(({ name }: { name: string }) => name)).toEqual([
      'models/acme/m1',
      'models/on-device/org/tiny'
    ])
    const first = (await get('models?pageSize=1')).json
    expect(first).toMatchObject({ models: [{ name: 'models/acme/m1' }], nextPageToken: '1' })
    const second = (await get(`models?pageSize=1&pageToken=${first.nextPageToken}`)).json
    expect(second.models).toMatchObject([{ name: 'models/on-device/org/tiny' }])
    expect(second).not.toHaveProperty('nextPageToken')
    expect((await get('models?pageToken=x')).json).toMatchObject({ error: { code: 400 } })
  })

  it('are found by their address', async () => {
    const { get } = await startWith(hi)
    expect((await get('models/on-device/org/tiny')).json).toMatchObject({ name: 'models/on-device/org/tiny' })
    expect((await get('models/none')).json).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } })
  })
})

/** A pipeline that performs what is asked of one provider, as the real one does. */
function performing(provider: Partial<ModelProvider>) {
  const target: ModelTarget = {
    model: 'm1',
    provider: {
      id: 'acme',
      name: 'Acme',
      kind: 'test',
      onDevice: false,
      pricing: 'unknown',
      listModels: () => [],
      chat: () => Promise.reject(new Error('not asked for a chat')),
      ...provider
    }
  }
  const { pipeline, calls } = smallPipeline(() => events())
  const call: Pipeline['call'] = async (input) => {
    const performed = await input.perform?.(target, input.signal)
    const result = await pipeline.call(input)
    return performed
      ? { ...result, head: { ...result.head, warnings: performed.warnings }, events: performed.events }
      : result
  }
  return { pipeline: { call }, calls }
}

describe('countTokens', () => {
  it('asks the provider that counts, with what the client sent', async () => {
    const asked: unknown[] = []
    const { pipeline, calls } = performing({
      countTokens: async ({ model, wire }) => {
        asked.push(model, wire?.dialect, wire?.json)
        return 31
      }
    })
    const { post } = await start(pipeline)
    const body = { generateContentRequest: { model: 'models/acme/m1', ...ask } }
    const answer = await post('models/acme/m1:countTokens', body)
    expect(answer.json()).toEqual({ totalTokens: 31 })
    expect(answer.headers).not.toHaveProperty('x-homeport-warning')
    expect(asked).toEqual(['m1', 'google-generate', body])
    expect(calls[0]).toMatchObject({ dialect: 'count-tokens' })
  })

  it('estimates where nobody counts, and says so', async () => {
    const { post } = await start(performing({}).pipeline)
    const answer = await post('models/acme/m1:countTokens')
    expect(answer.json().totalTokens).toBeGreaterThan(1)
    expect(answer.headers['x-homeport-warning']).toBe('the count is an estimate')
  })
})

describe('embeddings', () => {
  const embedding = () =>
    performing({
      embed: async ({ inputs, dimensions }) => ({
        vectors: inputs.map((input) => [input.length, dimensions ?? 0]),
        usage: null,
        servedModel: null,
        warnings: []
      })
    })

  it('are given for one text and for many', async () => {
    const { pipeline, calls } = embedding()
    const { post } = await start(pipeline)
    const content = { parts: [{ text: 'abc' }] }
    const one = await post('models/acme/m1:embedContent', { content, outputDimensionality: 2 })
    expect(one.json()).toEqual({ embedding: { values: [3, 2] } })
    const requests = [{ content }, { content: { parts: [{ text: 'x' }] } }]
    const many = await post('models/acme/m1:batchEmbedContents', { requests })
    expect(many.json()).toEqual({ embeddings: [{ values: [3, 0] }, { values: [1, 0] }] })
    expect(calls.map(({ dialect }) => dialect)).toEqual(['google-embed', 'google-embed'])
  })

  it('are refused in the dialect where a provider has none', async () => {
    const { post } = await start(performing({}).pipeline)
    const answer = await post('models/acme/m1:embedContent', { content: { parts: [{ text: 'a' }] } })
    expect(answer.json()).toMatchObject({
      error: { code: 400, message: expect.stringContaining('embeddings') }
    })
  })
})
