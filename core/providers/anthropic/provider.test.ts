import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { collect, recordingUpstream } from '../../../test/support/recording-upstream.ts'
import { createUpstreamHttp } from '../shared/http.ts'
import type { ChatCall, WireRequest } from '../spec/chat.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { createAdapter } from './adapter.ts'

const key = 'sk-ant-test-key'
const fixture = (name: string) => readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8')

type Reply = Parameters<typeof recordingUpstream>[0]

/** A provider over a real server, and what that server was asked. */
async function connect(reply: Reply) {
  const { origin, requests: seen } = await recordingUpstream(reply)
  const http = createUpstreamHttp()
  onTestFinished(() => http.close())
  const adapter = createAdapter(http)
  const config: ProviderConfig = {
    id: 'anthropic',
    name: 'Anthropic',
    baseUrl: adapter.normalizeBaseUrl(`${origin}/v1/messages`),
    models: ['claude-opus-4-6', 'kimi-k2'],
    pricing: { vendor: 'anthropic' },
    options: {},
    key: async () => key
  }
  return {
    seen,
    provider: adapter.create(config),
    test: () => adapter.test(config, AbortSignal.timeout(5000))
  }
}

const sendStream =
  (body: string): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_1' })
    response.end(body)
  }
const sendJson =
  (status: number, body: string): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '4' })
    response.end(body)
  }

const callOf = (fields: Partial<ChatCall> = {}): ChatCall => ({
  model: 'claude-opus-4-6',
  stream: true,
  request: () => ({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    output: 'text',
    unmapped: []
  }),
  wire: null,
  signal: new AbortController().signal,
  ...fields
})
const wire = (body: string, headers: Record<string, string> = {}): WireRequest => ({
  dialect: 'anthropic-messages',
  body: Buffer.from(body),
  json: JSON.parse(body),
  headers
})

describe('chat', () => {
  it('hands on every event of a stream as it came, under its name', async () => {
    const { provider } = await connect(sendStream(fixture('parallel-tools.sse')))
    const answer = await provider.chat(callOf())
    expect(answer).toMatchObject({ wireDialect: 'anthropic-messages', headers: { 'request-id': 'req_1' } })
    const events = await collect(answer.events)
    const sent = events.map(({ wire, wireEvent }) => `event: ${wireEvent}\ndata: ${wire}\n\n`).join('')
    expect(sent).toBe(fixture('parallel-tools.sse'))
  })

  it('sends a client of the dialect’s own bytes, version and betas', async () => {
    const { provider, seen } = await connect(sendJson(200, fixture('plain.json')))
    const body = '{ "model":"a/b", "max_tokens":5,"new":[1.0], "messages":[]}'
    const headers = { 'anthropic-version': '2024-01-01', 'anthropic-beta': 'context-1m-2025-08-07,x' }
    await collect((await provider.chat(callOf({ stream: false, wire: wire(body, headers) }))).events)
    expect(seen[0]).toMatchObject({
      url: '/v1/messages',
      headers: { ...headers, 'x-api-key': key },
      body: body.replace('a/b', 'claude-opus-4-6')
    })
    expect(seen[0]?.headers.authorization).toBeUndefined()
  })

  it('names a version of its own where the client has none', async () => {
    const { provider, seen } = await connect(sendJson(200, fixture('plain.json')))
    await collect((await provider.chat(callOf({ stream: false }))).events)
    expect(seen[0]?.headers).toMatchObject({ 'anthropic-version': '2023-06-01' })
    expect(seen[0]?.headers['anthropic-beta']).toBeUndefined()
  })

  it('throws where a stream ends before message_stop', async () => {
    const events = fixture('plain.sse').split('\n\n').slice(0, -2)
    for (let kept = 0; kept < events.length; kept++) {
      const { provider } = await connect(sendStream(`${events.slice(0, kept).join('\n\n')}\n\n`))
      await expect(provider.chat(callOf()).then(({ events }) => collect(events))).rejects.toMatchObject({
        code: 'upstream-failed',
        message: expect.stringContaining('broke off')
      })
    }
  })

  it('throws an error that stands in the stream, for a client of the dialect in its own words', async () => {
    const body = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    const start = fixture('plain.sse').split('event: content_block_stop')[0]
    const { provider } = await connect(sendStream(`${start}event: error\ndata: ${JSON.stringify(body)}\n\n`))
    await expect(provider.chat(callOf()).then(({ events }) => collect(events))).rejects.toMatchObject({
      code: 'upstream-failed',
      retryable: true,
      message: expect.stringContaining('Overloaded'),
      wire: { dialect: 'anthropic-messages', body }
    })
  })

  it.each(['plain', 'cache', 'refusal'])('throws the refusal of the %s case as one', async (name) => {
    const { status, headers = {}, body, expected } = JSON.parse(fixture(`${name}.error.json`))
    const { provider } = await connect((response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    })
    const { words, ...fields } = expected
    await expect(provider.chat(callOf())).rejects.toMatchObject({
      ...fields,
      message: expect.stringContaining(words),
      wire: { dialect: 'anthropic-messages', body }
    })
  })

  it('never shows a client that the provider’s key was refused in the vendor’s words', async () => {
    const refusal = { type: 'error', error: { type: 'authentication_error', message: `invalid ${key}` } }
    const { provider } = await connect(sendJson(401, JSON.stringify(refusal)))
    const error = await provider.chat(callOf()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'upstream-failed', status: 502, wire: null })
    expect(String(error)).not.toContain(key)
  })

  it('stops the upstream with its signal', async () => {
    let closed = false
    const [start] = fixture('plain.sse').split('event: content_block_stop')
    const { provider } = await connect((response) => {
      response.on('close', () => {
        closed = true
      })
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(start)
    })
    const abort = new AbortController()
    const answer = await provider.chat(callOf({ signal: abort.signal }))
    const reading = collect(answer.events)
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => closed, { timeout: 5000 }).toBe(true)
  })

  it.each([
    ['a web page', 'text/html', '<h1>Sign in</h1>'],
    ['something that is no message', 'application/json', '{"choices":[]}'],
    ['something that is no message', 'application/json', 'not json']
  ])('throws for %s', async (_, type, body) => {
    const { provider } = await connect((response) => {
      response.writeHead(200, { 'content-type': type })
      response.end(body)
    })
    await expect(
      provider.chat(callOf({ stream: false })).then(({ events }) => collect(events))
    ).rejects.toMatchObject({
      code: 'upstream-failed'
    })
  })

  it('survives events it does not know and text that is no UTF-8', async () => {
    const odd = Buffer.concat([
      Buffer.from('event: new_thing\ndata: {"type":"new_thing","index":"x"}\n\n'),
      Buffer.from(fixture('plain.sse').replace('A ledger', 'A \u0001X ledger'))
    ])
    odd[odd.indexOf(1)] = 0xff
    const { provider } = await connect((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(odd)
    })
    const events = await collect((await provider.chat(callOf())).events)
    expect(events[0]).toMatchObject({ parts: [], wireEvent: 'new_thing' })
    expect(events.flatMap(({ parts }) => parts)).toContainEqual({
      type: 'text-delta',
      text: 'A \uFFFDX ledger'
    })
  })
})

describe('the rest', () => {
  it('counts tokens of a client’s own request, and of one written here', async () => {
    const { provider, seen } = await connect(sendJson(200, '{"input_tokens":2095}'))
    const body = '{"model":"a/b","messages":[{"role":"user","content":"Hi"}],"tools":[]}'
    expect(await provider.countTokens?.(callOf({ wire: wire(body) }))).toBe(2095)
    expect(await provider.countTokens?.(callOf())).toBe(2095)
    expect(seen.map(({ url }) => url)).toEqual(['/v1/messages/count_tokens', '/v1/messages/count_tokens'])
    expect(seen[0]?.body).toBe(body.replace('a/b', 'claude-opus-4-6'))
    expect(JSON.parse(seen[1]?.body ?? '')).not.toHaveProperty('max_tokens')
  })

  it('knows of its own models what they can do, and of others nothing', async () => {
    const { provider } = await connect(sendJson(200, '{}'))
    expect(provider.listModels()).toEqual([
      {
        id: 'claude-opus-4-6',
        name: 'claude-opus-4-6',
        contextTokens: 1_000_000,
        maxOutputTokens: 128_000,
        abilities: { vision: true, tools: true, json: true, reasoning: true }
      },
      { id: 'kimi-k2', name: 'kimi-k2', contextTokens: null }
    ])
  })

  it('finds the models of all pages', async () => {
    const { test, seen } = await connect((response, request) => {
      const page = request.url.includes('after_id=claude-b')
        ? { data: [{ id: 'claude-c' }], has_more: false, last_id: 'claude-c' }
        : { data: [{ id: 'claude-a' }, { id: 'claude-b' }], has_more: true, last_id: 'claude-b' }
      sendJson(200, JSON.stringify(page))(response, request)
    })
    expect(await test()).toMatchObject({ ok: true, models: ['claude-a', 'claude-b', 'claude-c'] })
    expect(seen[0]?.headers['x-api-key']).toBe(key)
  })

  it('tells a wrong key from a server of another kind and from one without a list', async () => {
    const refusal = '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'
    expect(await (await connect(sendJson(401, refusal))).test()).toMatchObject({
      ok: false,
      message: expect.stringContaining('refused the provider')
    })
    expect(await (await connect(sendJson(200, '{"ok":1}'))).test()).toMatchObject({
      ok: false,
      message: expect.stringContaining('not as Anthropic')
    })
    expect(await (await connect(sendJson(404, '{}'))).test()).toMatchObject({ ok: true, models: [] })
  })
})
