import OpenAI, { BadRequestError } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

const model = 'up/text-embedding-3-small'
let upstream: ScriptedUpstream
let daemon: DaemonProcess
let client: OpenAI

beforeAll(async () => {
  upstream = await startScriptedUpstream(['text-embedding-3-small'])
  upstream.answers.embeddings = ({ json }, response) => {
    const input = json?.input as (string | number[])[]
    const data = input.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: [text.length, -0.125]
    }))
    // out of order, as the reference allows
    sendJson(response, {
      object: 'list',
      data: data.reverse(),
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 8, total_tokens: 8 }
    })
  }
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl, pricing: 'openai' })
  const { secret } = await daemon.app('POST /app/keys', { name: 'Embedder' })
  client = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

describe('the openai SDK asks for embeddings', () => {
  it('and decodes the base64 that it asks for itself', async () => {
    const answer = await client.embeddings.create({ model, input: ['a', 'abc'], dimensions: 2 })
    expect(answer.data).toEqual([
      { object: 'embedding', index: 0, embedding: [1, -0.125] },
      { object: 'embedding', index: 1, embedding: [3, -0.125] }
    ])
    expect(answer).toMatchObject({ object: 'list', model, usage: { prompt_tokens: 8, total_tokens: 8 } })
    expect(upstream.requests.at(-1)?.json).toEqual({
      model: 'text-embedding-3-small',
      input: ['a', 'abc'],
      dimensions: 2
    })
  })

  it('of one text, as numbers', async () => {
    const answer = await client.embeddings.create({ model, input: 'ab', encoding_format: 'float' })
    expect(answer.data[0]?.embedding).toEqual([2, -0.125])
  })

  it.each([
    ['one list of tokens', [9906, 11, 1917], [[9906, 11, 1917]]],
    ['several', [[9906, 1917], [15339]], [[9906, 1917], [15339]]]
  ])('of %s, as LangChain’s Python client sends them', async (_, input, sent) => {
    const answer = await client.embeddings.create({ model, input })
    expect(answer.data.map(({ embedding }) => embedding)).toEqual(sent.map(({ length }) => [length, -0.125]))
    expect(upstream.requests.at(-1)?.json).toEqual({ model: 'text-embedding-3-small', input: sent })
  })

  it('which are traced and priced, and whose vectors are kept nowhere', async () => {
    await client.embeddings.create({ model, input: 'A text to find again' })
    const trace = await waitUntil(async () => {
      const { traces } = await daemon.app('GET /app/traces')
      return traces.find(({ title }) => title === 'A text to find again')
    })
    expect(trace).toMatchObject({
      dialect: 'openai-embeddings',
      app: 'Embedder',
      status: 'ok',
      usage: { input: { total: 8 } }
    })
    const detail = await daemon.app('GET /app/traces/:id', undefined, { id: trace.id })
    expect(JSON.stringify(detail)).not.toContain('0.125')
  })

  it('and names in a header what was dropped', async () => {
    const { response } = await client.embeddings.create({ model, input: 'a', user: 'me' }).withResponse()
    expect(response.headers.get('x-homeport-warning')).toBe('user was dropped')
    expect(response.headers.get('x-homeport-model')).toBe(model)
  })

  it.each([
    ['an empty list of tokens', { input: [[1, 2], []] }],
    ['tokens that are none', { input: [1, -2, 0.5] }],
    ['tokens among texts', { input: ['a', 1] as string[] }],
    ['texts among tokens', { input: [[1], 'a'] as number[][] }],
    ['nothing', { input: [] }],
    ['an empty text', { input: ['a', ''] }],
    ['too many dimensions', { input: 'a', dimensions: 1e9 }]
  ])('and is refused for %s', async (_, fields) => {
    const before = upstream.requests.length
    await expect(client.embeddings.create({ model, ...fields })).rejects.toBeInstanceOf(BadRequestError)
    expect(upstream.requests).toHaveLength(before)
  })

  it('and gets the upstream’s refusal', async () => {
    const asking = client.embeddings.create({ model: 'nobody/none', input: 'a' })
    await expect(asking).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })
})
