import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recordingUpstream, sendJson } from '../../../../test/support/recording-upstream.ts'
import type { ModelProvider } from '../../spec/provider.ts'
import { createUpstreamHttp } from '../http.ts'
import { createProvider } from './provider.ts'
import { commonQuirks } from './vendor.ts'

async function providerAt(answer: (response: ServerResponse) => void, { rerank = true } = {}) {
  const { origin, requests: seen } = await recordingUpstream(answer)
  const http = createUpstreamHttp()
  onTestFinished(() => http.close())
  const baseUrl = `${origin}/v1`
  const key = async () => 'sk-x'
  const config = { id: 'p', name: 'P', baseUrl, models: [], pricing: 'unknown' as const, options: {}, key }
  const provider = createProvider(config, { kind: 'k', quirks: commonQuirks, rerank }, http)
  return { provider, seen }
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) =>
    sendJson(response, body, status)
const { signal } = new AbortController()
const refusal = { error: { message: 'No such model', type: 'invalid_request_error' } }

describe('embeddings', () => {
  const embed = (provider: ModelProvider, more: object = {}) =>
    provider.embed?.({ model: 'm', inputs: ['a', 'b'], signal, ...more })

  it('come in the order of what was asked, whatever the order of the answer', async () => {
    const { provider, seen } = await providerAt(
      json({
        model: 'm-1',
        data: [
          { index: 1, embedding: [3, 4] },
          { index: 0, embedding: [1, 2] }
        ],
        usage: { prompt_tokens: 2, total_tokens: 2 }
      })
    )
    expect(await embed(provider, { dimensions: 2 })).toMatchObject({
      vectors: [
        [1, 2],
        [3, 4]
      ],
      servedModel: 'm-1',
      usage: { input: { total: 2 } }
    })
    expect(seen[0]?.url).toBe('/v1/embeddings')
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ model: 'm', input: ['a', 'b'], dimensions: 2 })
  })

  it('are asked for of tokens in place of texts', async () => {
    const { provider, seen } = await providerAt(json({ data: [{ embedding: [1] }] }))
    expect(provider.embedsTokens).toBe(true)
    expect(await embed(provider, { inputs: [], tokens: [[7, 8]] })).toMatchObject({ vectors: [[1]] })
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ model: 'm', input: [[7, 8]] })
  })

  it.each([
    {},
    { data: [{ index: 0, embedding: [1] }] },
    { data: [{ embedding: ['x'] }, { embedding: [] }] }
  ])('that are missing are a failure: %j', async (answer) => {
    const { provider } = await providerAt(json(answer))
    await expect(embed(provider)).rejects.toMatchObject({ code: 'upstream-failed' })
  })

  it.each([404, 200])('that are refused say why (status %i)', async (status) => {
    const { provider } = await providerAt(json(refusal, status))
    await expect(embed(provider)).rejects.toThrow('No such model')
  })
})

describe('a ranking', () => {
  const rank = (provider: ModelProvider) =>
    provider.rerank?.({ model: 'm', query: 'q', documents: ['a', 'b', 'c'], topN: 2, signal })

  it('is the best first, at most as many as asked for', async () => {
    const results = [0.1, 0.9, 0.5].map((relevance_score, index) => ({ index, relevance_score }))
    const { provider, seen } = await providerAt(
      json({ results, usage: { total_tokens: 9, prompt_tokens: 9 } })
    )
    expect(await rank(provider)).toMatchObject({
      results: [
        { index: 1, score: 0.9 },
        { index: 2, score: 0.5 }
      ],
      usage: { input: { total: 9 } }
    })
    expect(seen[0]?.url).toBe('/v1/rerank')
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      model: 'm',
      query: 'q',
      documents: ['a', 'b', 'c'],
      top_n: 2
    })
  })

  it('of logits is brought between 0 and 1, in the same order', async () => {
    const results = [-3, 2].map((relevance_score, index) => ({ index, relevance_score }))
    const { provider } = await providerAt(json({ results: [...results, { index: 7, relevance_score: 9 }] }))
    const answer = await rank(provider)
    expect(answer?.results.map(({ index }) => index)).toEqual([1, 0])
    for (const { score } of answer?.results ?? []) {
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThan(1)
    }
  })

  it('is a failure where the answer holds none, and absent where the vendor has none', async () => {
    const { provider } = await providerAt(json({ ok: true }))
    await expect(rank(provider)).rejects.toMatchObject({ code: 'upstream-failed' })
    expect((await providerAt(json({}), { rerank: false })).provider.rerank).toBeUndefined()
  })
})

describe('an operation handed on as it is', () => {
  it('keeps the bytes of the request and of the answer', async () => {
    const sound = Buffer.from([0xff, 0xfb, 0x00, 0x80])
    const { provider, seen } = await providerAt((response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'x-request-id': 'req_1' })
      response.end(sound)
    })
    const contentType = 'multipart/form-data; boundary=x'
    const body = Buffer.from('--x\r\nodd \u{1F600}\r\n--x--')
    const answer = await provider.raw?.({ operation: 'audio/transcriptions', body, contentType, signal })
    expect(answer).toMatchObject({ contentType: 'audio/mpeg', headers: { 'x-request-id': 'req_1' } })
    expect(await buffer(answer?.body ?? Readable.from([]))).toEqual(sound)
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/v1/audio/transcriptions',
        headers: expect.objectContaining({ 'content-type': contentType }),
        body: body.toString()
      }
    ])
  })

  it('throws what the upstream says when it refuses', async () => {
    const { provider } = await providerAt(json(refusal, 404))
    const body = Buffer.from('{"model":"m"}')
    const call = { operation: 'moderations', body, contentType: 'application/json', signal } as const
    await expect(provider.raw?.(call)).rejects.toMatchObject({ code: 'not-found', status: 404 })
  })
})
