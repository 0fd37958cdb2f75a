import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeModels, startFakeUpstream } from '../../../test/support/fake-upstream.ts'
import { createUpstreamHttp, type UpstreamHttpOptions } from '../shared/http.ts'
import type { ChatCall, ChatEvent } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { createAdapter } from './adapter.ts'
import { custom } from './vendors/custom.ts'

function adapterWith(options: UpstreamHttpOptions = {}) {
  const http = createUpstreamHttp(options)
  onTestFinished(() => http.close())
  return createAdapter(custom, http)
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const config = (baseUrl: string, key: string | null = null): ProviderConfig => ({
  id: 'p',
  name: 'P',
  baseUrl,
  models: [],
  pricing: 'unknown',
  options: {},
  key: async () => key
})
const call = (model: string, stream = true): ChatCall => ({
  model,
  stream,
  request: () => ({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    output: 'text',
    unmapped: []
  }),
  wire: null,
  signal: new AbortController().signal
})

async function textOf(events: AsyncIterable<ChatEvent>): Promise<string> {
  let all = ''
  for await (const { parts } of events)
    for (const part of parts) if (part.type === 'text-delta') all += part.text
  return all
}

describe('chat', () => {
  it('uses the connection of a finished stream again', async () => {
    const sockets = new Set<unknown>()
    const baseUrl = await serve(async (request, response) => {
      sockets.add(request.socket)
      await text(request)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(
        'data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
      )
    })
    const provider = adapterWith().create(config(baseUrl))
    for (let calls = 0; calls < 10; calls++)
      expect(await textOf((await provider.chat(call('m'))).events)).toBe('a')
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  it('ends with [DONE], though the server keeps the connection open, and closes it', async () => {
    let closed = false
    const baseUrl = await serve((_, response) => {
      response.on('close', () => {
        closed = true
      })
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n')
    })
    expect(await textOf((await adapterWith().create(config(baseUrl)).chat(call('m'))).events)).toBe('a')
    await expect.poll(() => closed, { timeout: 5000 }).toBe(true)
  })

  it('takes a finish reason for the end where a server sends no [DONE]', async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end('data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}\n\n')
    })
    expect(await textOf((await adapterWith().create(config(baseUrl)).chat(call('m'))).events)).toBe('a')
  })

  it('asks again without stream_options, once and for all, where a server does not know them', async () => {
    const asked: boolean[] = []
    const baseUrl = await serve(async (request: IncomingMessage, response) => {
      const wantsUsage = 'stream_options' in JSON.parse(await text(request))
      asked.push(wantsUsage)
      if (wantsUsage) {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(
          '{"error":{"message":"Unrecognized request argument supplied: stream_options","type":"x"}}'
        )
        return
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(
        'data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
      )
    })
    const provider = adapterWith().create(config(baseUrl))
    for (let calls = 0; calls < 2; calls++)
      expect(await textOf((await provider.chat(call('m'))).events)).toBe('a')
    expect(asked).toEqual([true, false, false])
  })

  it('sends a refused call once', async () => {
    const upstream = await startFakeUpstream()
    onTestFinished(() => upstream.close())
    const provider = adapterWith().create(config(upstream.baseUrl))
    for (const model of [fakeModels.badParameter, fakeModels.failing, fakeModels.rateLimited]) {
      await expect(provider.chat(call(model))).rejects.toThrow()
    }
    expect(upstream.requests).toHaveLength(3)
  })

  it.each<[string, string, string]>([
    ['an answer in one piece', '{"choices":[]}', 'in one piece'],
    ['an error with status 200', '{"error":{"message":"No credit","type":"t"}}', 'No credit']
  ])('says so when a stream is answered by %s', async (_, body, words) => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(body)
    })
    await expect(adapterWith().create(config(baseUrl)).chat(call('m'))).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining(words)
    })
  })

  it.each(['', 'null', '[]', '{}', 'not json', '{"choices":"x"}'])(
    'says so when a plain answer is %j',
    async (body) => {
      const baseUrl = await serve((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(body)
      })
      const { events } = await adapterWith().create(config(baseUrl)).chat(call('m', false))
      await expect(textOf(events)).rejects.toThrow(/no chat completion/)
    }
  )

  it('bounds one event of a stream', async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"x":"')
      const more = () => void (response.destroyed || response.write('x'.repeat(1 << 20), more))
      more()
    })
    const { events } = await adapterWith().create(config(baseUrl)).chat(call('m'))
    await expect(textOf(events)).rejects.toThrow(/too large/)
  })

  it('gives up on a stream that falls silent', async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': wait\n\n')
    })
    const { events } = await adapterWith({ idleTimeoutMs: 50 }).create(config(baseUrl)).chat(call('m'))
    await expect(textOf(events)).rejects.toThrow(/broke off its answer: it fell silent/)
  })
})

describe('test', () => {
  const ask = (baseUrl: string, key: string | null = null) =>
    adapterWith().test(config(baseUrl, key), new AbortController().signal)
  const answering = (status: number, type: string, body: string) =>
    serve((_, response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })

  it.each<[string, string, string[]]>([
    ['OpenAI’s list', '{"object":"list","data":[{"id":"b"},{"id":"a"},{"id":"a"}]}', ['a', 'b']],
    ['a bare array', '[{"id":"b"},{"id":"a"}]', ['a', 'b']],
    ['a list of nothing', '{"object":"list","data":null}', []],
    ['entries that are none', '{"data":[null,3,{},{"id":5},{"id":""},{"id":"a"}]}', ['a']]
  ])('reads %s', async (_, body, models) => {
    expect(await ask(await answering(200, 'application/json', body))).toEqual({
      ok: true,
      message: models.length === 1 ? 'Works. 1 model.' : `Works. ${models.length} models.`,
      latencyMs: expect.any(Number),
      models
    })
  })

  it('bounds the list', async () => {
    const data = Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` }))
    const body = JSON.stringify({ data: [...data, { id: 'x'.repeat(1000) }] })
    expect((await ask(await answering(200, 'application/json', body))).models).toHaveLength(2000)
  })

  it.each([404, 405, 501])('is content with a server that has no list (%i)', async (status) => {
    expect(await ask(await answering(status, 'application/json', '{}'))).toMatchObject({
      ok: true,
      message: expect.stringContaining('no list of models'),
      models: []
    })
  })

  it.each<[number, string, string, string]>([
    [401, 'application/json', '{}', 'refused the provider'],
    [403, 'text/html', '<h1>Forbidden</h1>', 'web page'],
    [404, 'text/html', '<h1>Not found</h1>', 'web page'],
    [200, 'text/html', '<h1>Hello</h1>', 'web page'],
    [200, 'application/json', '{"hello":1}', 'not as an OpenAI-compatible server'],
    [200, 'application/json', 'oops', 'not as an OpenAI-compatible server'],
    [429, 'application/json', '{"error":{"message":"Slow down","type":"t"}}', 'Slow down'],
    [503, 'text/plain', 'busy', 'status 503'],
    [301, 'text/plain', '', 'redirects']
  ])('explains %i %s %s', async (status, type, body, words) => {
    expect(await ask(await answering(status, type, body), 'sk-x')).toEqual({
      ok: false,
      message: expect.stringContaining(words),
      latencyMs: null,
      models: []
    })
  })

  it('sends the key in a header and nowhere else', async () => {
    const upstream = await startFakeUpstream({ apiKey: 'sk-x' })
    onTestFinished(() => upstream.close())
    expect(await ask(upstream.baseUrl, 'sk-x')).toMatchObject({ ok: true })
    expect(upstream.requests).toMatchObject([{ method: 'GET', path: '/v1/models' }])
    expect(upstream.requests[0]?.headers.authorization).toBe('Bearer sk-x')
    expect((await ask(upstream.baseUrl, 'sk-wrong')).message).not.toContain('sk-wrong')
  })

  it('throws the reason of the signal when the caller gives up', async () => {
    const baseUrl = await serve(() => {})
    const reason = new Error('closed')
    await expect(adapterWith().test(config(baseUrl), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
