import { afterEach, describe, expect, test } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import { attachTraceId } from '../../errors/trace-of-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { silentLogger } from '../../lib/logger.ts'
import type { CallResult } from '../../pipeline/context.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { RawConnection, send, sseTexts } from '../testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  events,
  jsonType,
  type RunningGateway,
  type Script,
  smallPipeline,
  someUsage,
  startGateway,
  traceId,
  untilAborted
} from '../testing/small-gateway.ts'

const path = '/v1/chat/completions'
let running: RunningGateway | null = null
const connections: RawConnection[] = []
afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.destroy()
  await running?.close()
  running = null
})

async function start(
  script: Script,
  head: Partial<CallResult['head']> = {},
  parts: Partial<GatewayParts> = {}
) {
  const { pipeline, calls } = smallPipeline(script, head)
  running = await startGateway({ pipeline, ...parts })
  const { port } = running
  return {
    ...running,
    calls,
    ask: (members: object = {}) =>
      send(port, {
        method: 'POST',
        path,
        headers: { ...bearer(appToken), ...jsonType },
        body: JSON.stringify({ ...JSON.parse(chatBody), ...members })
      }),
    open(members: object) {
      const body = JSON.stringify({ ...JSON.parse(chatBody), ...members })
      const connection = new RawConnection(port)
      connections.push(connection)
      connection.socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${appToken}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      )
      return connection
    }
  }
}
const text = (content: string): ChatEvent => ({ parts: [{ type: 'text-delta', text: content }] })
const wire = (payload: string): ChatEvent => ({ parts: [], wire: payload })
const finish: ChatEvent = { parts: [{ type: 'finish', reason: 'stop' }] }
const usage: ChatEvent = { parts: [{ type: 'usage', usage: someUsage }] }

describe('what the pipeline is asked', () => {
  test('gets the body as sent, the caller, and a request parsed once on demand', async () => {
    const { calls, port } = await start(() => events(text('x')))
    const body = `{ "messages" : [ {"content":"Grüße 😀","role":"user"} ],\n "model":"acme/m1" , "zzz": 1 }`
    await send(port, { method: 'POST', path, headers: { ...bearer(appToken), ...jsonType }, body })
    const [call] = calls
    expect(call).toMatchObject({
      caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
      dialect: 'openai-chat',
      model: 'acme/m1',
      stream: false
    })
    expect(call?.wire?.body.toString()).toBe(body)
    expect(call?.wire?.json).toEqual(JSON.parse(body))
    const request = call?.request()
    expect(request).toMatchObject({ unmapped: ['zzz'], output: 'text' })
    expect(call?.request()).toBe(request)
  })

  test.each([
    ['model', { model: '' }],
    ['model', { model: 7 }],
    ['messages', { messages: [] }],
    ['messages', { messages: 'Hello' }],
    ['messages[0]', { messages: ['Hello'] }],
    ['messages[0].role', { messages: [{ content: 'Hello' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: 7 }] }],
    ['stream', { stream: 'yes' }],
    ['stream_options', { stream_options: true }],
    ['temperature', { temperature: 'x' }],
    ['temperature', { temperature: 2.1 }],
    ['temperature', { temperature: -0.1 }],
    ['top_p', { top_p: 1.5 }],
    ['max_tokens', { max_tokens: 0 }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_completion_tokens', { max_completion_tokens: 1e12 }],
    ['n', { n: 0 }],
    ['seed', { seed: 1e300 }],
    ['presence_penalty', { presence_penalty: 3 }],
    ['n_discard', { n_discard: -1 }],
    ['n_ctx', { n_ctx: 1e12 }],
    ['logit_bias', { logit_bias: { 50256: 1e9 } }],
    ['logit_bias', { logit_bias: Object.fromEntries(Array.from({ length: 5000 }, (_, id) => [id, 1])) }]
  ])('refuses a bad "%s" and calls no model: %j', async (param, members) => {
    const { ask, calls } = await start(() => events(text('x')))
    const answer = await ask(members)
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text).error).toMatchObject({ type: 'invalid_request_error', param })
    expect(calls).toHaveLength(0)
  })

  test('refuses a body that is not an object', async () => {
    const { port } = await start(() => events(text('x')))
    for (const body of ['[]', '"x"', '7', 'null', '', '{"model":']) {
      const answer = await send(port, {
        method: 'POST',
        path,
        headers: { ...bearer(appToken), ...jsonType },
        body
      })
      expect(answer.status, body).toBe(400)
      expect(JSON.parse(answer.text).error.type).toBe('invalid_request_error')
    }
  })
})

describe('an upstream of the same dialect', () => {
  const head = { wireDialect: 'openai-chat' as const }

  test('is passed on byte for byte, without what the client did not ask for', async () => {
    const chunks = ['{ "odd":  "spacing", "z":1,"a":2 }', '{"text":"ünïcode 😀 \\u00e9"}']
    const { ask } = await start(() => events(wire(chunks[0] ?? ''), usage, wire(chunks[1] ?? '')), head)
    const answer = await ask({ stream: true })
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(answer.text).toBe(`data: ${chunks[0]}\n\ndata: ${chunks[1]}\n\ndata: [DONE]\n\n`)
  })

  test('is passed on whole when it does not stream', async () => {
    const body = '{ "id": "x",\n  "choices": [ ], "unknown": {"kept": "ä"} }\n'
    const { ask } = await start(() => events(wire(body)), head)
    const answer = await ask()
    expect(answer.text).toBe(body)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(body))
  })

  test('cannot end an event early with a line break', async () => {
    const { ask } = await start(() => events(wire('{"a":\n1}\r\n')), head)
    expect((await ask({ stream: true })).text).toBe('data: {"a":\ndata: 1}\ndata: \n\ndata: [DONE]\n\n')
  })

  test('may name its request and its limits, but not frame or open the answer', async () => {
    const headers = {
      'x-request-id': 'req-1',
      'x-ratelimit-remaining-requests': '9',
      'content-length': '1',
      'content-encoding': 'gzip',
      'transfer-encoding': 'chunked',
      connection: 'close',
      'set-cookie': 'a=b',
      'access-control-allow-origin': '*'
    }
    const { ask } = await start(() => events(wire('{}')), { ...head, headers })
    const answer = await ask()
    expect(answer.headers).toMatchObject({ 'x-request-id': 'req-1', 'x-ratelimit-remaining-requests': '9' })
    for (const name of ['set-cookie', 'access-control-allow-origin', 'content-encoding']) {
      expect(answer.headers[name]).toBeUndefined()
    }
    expect(answer.text).toBe('{}')
  })
})

describe('an answer in no dialect', () => {
  const answerEvents = () =>
    events({ parts: [{ type: 'reasoning-delta', text: 'Hm.' }] }, text('Hel'), text('lo'), finish, usage)
  const wireUsage = {
    prompt_tokens: 12,
    completion_tokens: 7,
    total_tokens: 19,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 }
  }

  test('becomes chunks: the role first, the finish last, each with the same identity', async () => {
    const { ask } = await start(answerEvents)
    const texts = sseTexts((await ask({ stream: true })).text)
    expect(texts.pop()).toBe('[DONE]')
    const chunks = texts.map((each) => JSON.parse(each))
    expect(chunks.map(({ choices }) => [choices[0].delta, choices[0].finish_reason])).toEqual([
      [{ role: 'assistant', content: '' }, null],
      [{ reasoning_content: 'Hm.' }, null],
      [{ content: 'Hel' }, null],
      [{ content: 'lo' }, null],
      [{}, 'stop']
    ])
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({
        id: `chatcmpl-${traceId}`,
        object: 'chat.completion.chunk',
        model: 'acme/m1'
      })
      expect(chunk.created).toBe(chunks[0].created)
      expect(chunk).not.toHaveProperty('usage')
    }
  })

  test('ends with the usage when the client asked for it', async () => {
    const { ask } = await start(answerEvents)
    const texts = sseTexts((await ask({ stream: true, stream_options: { include_usage: true } })).text)
    expect(texts.pop()).toBe('[DONE]')
    const last = JSON.parse(texts.pop() ?? '')
    expect(last.choices).toEqual([])
    expect(last.usage).toEqual(wireUsage)
    expect(texts.every((each) => JSON.parse(each).usage === null)).toBe(true)
  })

  test('becomes one completion when it does not stream', async () => {
    const { ask } = await start(answerEvents)
    const answer = JSON.parse((await ask()).text)
    expect(answer).toMatchObject({
      id: `chatcmpl-${traceId}`,
      object: 'chat.completion',
      model: 'acme/m1',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', reasoning_content: 'Hm.', refusal: null },
          finish_reason: 'stop'
        }
      ],
      usage: wireUsage
    })
  })

  test.each([
    ['length', 'length'],
    ['tool-calls', 'tool_calls'],
    ['content-filter', 'content_filter'],
    ['other', 'stop']
  ] as const)('says "%s" in the words of the dialect', async (reason, expected) => {
    const { ask } = await start(() => events(text('x'), { parts: [{ type: 'finish', reason }] }))
    expect(JSON.parse((await ask()).text).choices[0].finish_reason).toBe(expected)
  })

  test('its first words leave before the next ones exist', async () => {
    let goOn = () => {}
    const { open } = await start(async function* () {
      yield text('first')
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      yield text('second')
    })
    const connection = open({ stream: true })
    expect(await connection.until('"first"')).not.toContain('second')
    goOn()
    await connection.until('[DONE]')
  })
})

describe('warnings and the trace', () => {
  test('are named in headers, which no text can break out of', async () => {
    const warnings = ['dropped "größe"', 'x\r\nset-cookie: a=b', 'half \ud800 pair, 100%']
    const { ask } = await start(() => events(text('x')), { warnings })
    const { headers } = await ask()
    expect(headers['x-homeport-trace-id']).toBe(traceId)
    expect(headers['set-cookie']).toBeUndefined()
    const warning = String(headers['x-homeport-warning'])
    expect(warning).toMatch(/^[\x20-\x7e]+$/)
    expect(decodeURIComponent(warning)).toBe('dropped "größe"; x\r\nset-cookie: a=b; half \ufffd pair, 100%')
  })
})

describe('an error', () => {
  async function* failing(error: unknown, ...before: ChatEvent[]): AsyncGenerator<ChatEvent> {
    yield* before
    throw error
  }
  const overloaded = () =>
    new HomeportError('upstream-failed', 'acme is overloaded.', {
      status: 529,
      action: 'Try again later.',
      retryAfterSeconds: 2.5
    })

  test.each([
    ['of the call', () => Promise.reject(overloaded())],
    ['before the first event', () => failing(overloaded())],
    ['after an event that the client does not see', () => failing(overloaded(), usage)]
  ])('%s has its status and the object of the dialect', async (_, script) => {
    const { ask } = await start(script)
    for (const stream of [false, true]) {
      const answer = await ask({ stream })
      expect(answer.status).toBe(529)
      expect(answer.headers['retry-after']).toBe('3')
      expect(JSON.parse(answer.text)).toEqual({
        error: {
          message: 'acme is overloaded. Try again later.',
          type: 'server_error',
          param: null,
          code: 'upstream_failed'
        }
      })
    }
  })

  test('after output began is an event, and the stream does not end as if it were complete', async () => {
    const { ask } = await start(() => failing(overloaded(), text('Hel')))
    const answer = await ask({ stream: true })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('[DONE]')
    const last = JSON.parse(sseTexts(answer.text).pop() ?? '')
    expect(last.error).toMatchObject({
      message: 'acme is overloaded. Try again later.',
      code: 'upstream_failed'
    })
  })

  test('of a plain answer after output began is still an ordinary error', async () => {
    const { ask } = await start(() => failing(overloaded(), text('Hel')))
    const answer = await ask()
    expect(answer.status).toBe(529)
    expect(answer.text).not.toContain('Hel')
  })

  test('of an upstream that speaks the dialect is quoted', async () => {
    const body = {
      error: { message: 'Too long', type: 'invalid_request_error', param: 'messages', code: 'context' }
    }
    const quoted = (wireBody: unknown) =>
      new HomeportError('bad-request', 'ours', { wire: { dialect: 'openai-chat', body: wireBody } })
    const { ask, close } = await start(() => Promise.reject(quoted(body)))
    const answer = await ask()
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toEqual(body)
    await close()
    const { ask: askBare } = await start(() => Promise.reject(quoted(body.error)))
    expect(JSON.parse((await askBare()).text)).toEqual(body)
  })

  test('for an unknown model says so', async () => {
    const error = new HomeportError('not-found', 'There is no model "x".', { param: 'model' })
    const { ask } = await start(() => Promise.reject(error))
    const answer = await ask()
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text).error).toMatchObject({ param: 'model', code: 'model_not_found' })
  })

  test('that nobody expected is a constant with its trace, tells nothing, and the gateway lives on', async () => {
    const secret = 'sk-secret at /home/someone/data: "my prompt"'
    const error = new TypeError(secret)
    attachTraceId(error, traceId)
    const logged: unknown[] = []
    const logger: Logger = { ...silentLogger, error: (fields) => void logged.push(fields) }
    const { ask, port } = await start(() => Promise.reject(error), {}, { logger })
    const answer = await ask()
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.text).error).toMatchObject({
      message: `Something went wrong inside Homeport. Its trace is ${traceId}.`,
      type: 'server_error',
      code: 'internal_error'
    })
    expect(logged).toMatchObject([{ traceId, name: 'TypeError' }])
    expect(JSON.stringify(logged)).not.toContain('secret')
    expect((await send(port, { path: '/health' })).status).toBe(200)
  })

  test('with a status that no error can have becomes a 502', async () => {
    for (const status of [0, 200, 301, 700]) {
      const { ask, close } = await start(() =>
        Promise.reject(new HomeportError('upstream-failed', 'odd', { status }))
      )
      expect((await ask()).status).toBe(502)
      await close()
    }
  })
})

describe('a client that goes away', () => {
  test('aborts the call while it waits for the first event', async () => {
    let aborted = () => {}
    const seen = new Promise<void>((resolve) => {
      aborted = resolve
    })
    let called = () => {}
    const inCall = new Promise<void>((resolve) => {
      called = resolve
    })
    const { open } = await start(async ({ signal }) => {
      signal.addEventListener('abort', aborted)
      called()
      return untilAborted(signal)
    })
    const connection = open({})
    await inCall
    connection.socket.destroy()
    await seen
  })

  test('aborts a stream, whose events are closed', async () => {
    let ended = (_: unknown) => {}
    const reason = new Promise<unknown>((resolve) => {
      ended = resolve
    })
    const { open } = await start(async function* ({ signal }) {
      try {
        yield text('Hello')
        await untilAborted(signal)
      } catch (error) {
        ended(error)
        throw error
      }
    })
    const connection = open({ stream: true })
    await connection.until('Hello')
    connection.socket.destroy()
    expect(await reason).toMatchObject({ name: 'AbortError' })
  })

  test('without reading holds the upstream back, and closes the events when it leaves', async () => {
    let produced = 0
    let closed = () => {}
    const returned = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { open } = await start(async function* () {
      try {
        for (; ; produced++) yield text('x'.repeat(100_000))
      } finally {
        closed()
      }
    })
    const connection = open({ stream: true })
    connection.socket.pause()
    let last = -1
    while (last !== produced || produced === 0) {
      last = produced
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(produced).toBeLessThan(500)
    connection.socket.destroy()
    await returned
  })

  test('is not told of an answer that completed', async () => {
    let signal: AbortSignal | null = null
    const { ask, close } = await start((input) => {
      signal = input.signal
      return events(text('x'))
    })
    await ask()
    await close()
    expect(signal).toMatchObject({ aborted: false })
  })
})

describe('a key revoked while its stream is open', () => {
  test('has the stream cut and the call aborted; those of other keys go on', async () => {
    const signals: AbortSignal[] = []
    const { open, access, port } = await start(async function* ({ signal }) {
      signals.push(signal)
      yield text('Hello')
      await untilAborted(signal)
    })
    const connection = open({ stream: true })
    await connection.until('Hello')
    access.revoke('some other key')
    expect(signals[0]?.aborted).toBe(false)
    access.revoke(appToken)
    await connection.closed
    expect(connection.received).not.toContain('[DONE]')
    expect(signals[0]?.aborted).toBe(true)
    const next = await send(port, { path: '/v1/models', headers: bearer(appToken) })
    expect(next.status).toBe(401)
  })
})
