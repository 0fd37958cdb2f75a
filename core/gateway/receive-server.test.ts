import { type AddressInfo, createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { noLimits } from '../contract/access.ts'
import type { TraceSummary } from '../contract/traces.ts'
import { createPrices } from '../costs/price-call.ts'
import { silentLogger } from '../lib/logger.ts'
import {
  attribute,
  fixed64,
  integer,
  jsonAttribute,
  jsonExport,
  jsonSpan,
  protobufExport,
  protobufSpan,
  text
} from '../telemetry/receive.test-support.ts'
import { createSpanReceiver } from '../telemetry/receive.ts'
import { readSpans } from '../telemetry/receive-spans.ts'
import { openTestTraces } from '../traces/trace-samples.test-support.ts'
import type { Principal } from './credential.ts'
import type { ReceiveLimits } from './receive-handler.ts'
import { createReceivePort } from './receive-server.ts'
import { type RawRequest, send } from './testing/raw-http.ts'

const key = { kind: 'app-key', id: 'k1', name: 'Script', limits: noLimits, isPaused: false } as const
const principals: Record<string, Principal> = {
  good: key,
  paused: { ...key, id: 'k2', isPaused: true },
  window: { kind: 'session' }
}

async function start(limits: Partial<ReceiveLimits> = {}) {
  const { traces } = await openTestTraces()
  const prices = createPrices()
  const told: TraceSummary[] = []
  const receiver = createSpanReceiver({
    read: async (sent) => readSpans(sent),
    traces,
    price: (vendor, model, usage, at) =>
      prices.price(vendor === null ? 'unknown' : { vendor }, model, usage, at),
    recordBodies: () => true,
    onTrace: (summary) => told.push(summary)
  })
  const port = createReceivePort({
    authenticate: (token) => principals[token] ?? null,
    receiver,
    logger: silentLogger,
    limits
  })
  onTestFinished(() => port.close())
  await port.apply({ receive: true, receivePort: 0 })
  const number = port.status().port ?? 0
  const post = (body: Buffer | string, more: RawRequest['headers'] = {}, path = '/v1/traces') =>
    send(number, {
      method: 'POST',
      path,
      headers: { authorization: 'Bearer good', 'content-type': 'application/json', ...more },
      body
    })
  return { traces, told, port, number, post }
}

const protobuf = { 'content-type': 'application/x-protobuf' }
const call = [
  jsonAttribute('gen_ai.operation.name', { stringValue: 'chat' }),
  jsonAttribute('gen_ai.provider.name', { stringValue: 'openai' }),
  jsonAttribute('gen_ai.request.model', { stringValue: 'gpt-4o' }),
  jsonAttribute('gen_ai.usage.input_tokens', { intValue: '1000' }),
  jsonAttribute('gen_ai.usage.output_tokens', { intValue: '100' })
]

describe('an export', () => {
  test('in JSON is kept with what its call cost, and told of', async () => {
    const { traces, told, post } = await start()
    const answer = await post(jsonExport(jsonSpan({ attributes: call })))
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    expect(await traces.list({ limit: 10 })).toEqual(told)
    // 1,000 tokens at 2.50 dollars a million, 100 at 10
    expect(told).toMatchObject([
      { app: 'Script', source: 'otlp', model: 'gpt-4o', cost: { kind: 'priced', nanoUsd: 3_500_000 } }
    ])
  })

  test('in protobuf, gzipped, is kept too, and answered in protobuf', async () => {
    const { told, post } = await start()
    const span = protobufSpan(
      attribute(9, 'gen_ai.request.model', text('nobody-knows-it')),
      attribute(9, 'gen_ai.usage.input_tokens', integer(3, 7))
    )
    const answer = await post(gzipSync(protobufExport(span)), { ...protobuf, 'content-encoding': 'gzip' })
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      200,
      'application/x-protobuf',
      ''
    ])
    expect(told).toMatchObject([{ model: 'nobody-knows-it', cost: { kind: 'unknown' } }])
  })

  test('says how many spans it left out, and why', async () => {
    const { told, post } = await start()
    const untimed = { spanId: '1'.repeat(16), startTimeUnixNano: '0' }
    const answer = await post(jsonExport(jsonSpan(), jsonSpan(untimed)))
    expect(JSON.parse(answer.text)).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('start time') }
    })
    expect(told).toHaveLength(1)
    const inProtobuf = await post(protobufExport(protobufSpan(fixed64(7, 0n))), protobuf)
    expect(inProtobuf.text).toContain('start time')
  })

  test('without spans is fine', async () => {
    const { post } = await start()
    expect((await post('{}')).status).toBe(200)
    expect((await post(Buffer.alloc(0), protobuf)).status).toBe(200)
  })
})

describe('a request is refused', () => {
  test.each<[string, RawRequest, number]>([
    ['from a foreign host', { headers: { host: 'evil.example:4318', authorization: 'Bearer good' } }, 403],
    ['from a page', { headers: { origin: 'https://evil.example', authorization: 'Bearer good' } }, 403],
    [
      'from a page without an origin to name',
      { headers: { origin: 'null', authorization: 'Bearer good' } },
      403
    ],
    ['without a key', { headers: {} }, 401],
    ['with a wrong key', { headers: { authorization: 'Bearer bad' } }, 401],
    ['of a window', { headers: { authorization: 'Bearer window' } }, 401],
    ['of a paused key', { headers: { authorization: 'Bearer paused' } }, 403],
    ['for metrics', { path: '/v1/metrics', headers: { authorization: 'Bearer good' } }, 404],
    ['to read', { method: 'GET', headers: { authorization: 'Bearer good' } }, 405],
    ['in plain text', { headers: { authorization: 'Bearer good', 'content-type': 'text/plain' } }, 415],
    [
      'in a form',
      { headers: { authorization: 'Bearer good', 'content-type': 'application/x-www-form-urlencoded' } },
      415
    ],
    ['in brotli', { headers: { authorization: 'Bearer good', 'content-encoding': 'br' } }, 415],
    ['as gzip that it is not', { headers: { authorization: 'Bearer good', 'content-encoding': 'gzip' } }, 400]
  ])('%s', async (_, { headers = {}, ...request }, status) => {
    const { number, told } = await start()
    const answer = await send(number, {
      method: 'POST',
      path: '/v1/traces',
      body: jsonExport(jsonSpan()),
      ...request,
      headers: { 'content-type': 'application/json', ...headers }
    })
    expect([answer.status, told]).toEqual([status, []])
  })

  test('with an id that is none, in the words of its encoding', async () => {
    const { post, told } = await start()
    const inJson = await post(jsonExport(jsonSpan(), jsonSpan({ traceId: 'abc' })))
    expect([inJson.status, JSON.parse(inJson.text)]).toEqual([
      400,
      { message: 'A span has a trace id that is not 32 hex digits.' }
    ])
    const cut = protobufExport(protobufSpan()).subarray(0, 30)
    const inProtobuf = await post(cut, protobuf)
    expect([inProtobuf.status, inProtobuf.headers['content-type']]).toEqual([400, 'application/x-protobuf'])
    // field 2 of google.rpc.Status
    expect(inProtobuf.text.charCodeAt(0)).toBe(0x12)
    expect(told).toEqual([])
  })

  test('that is too large, or unfolds to too much', async () => {
    const { post } = await start({ bodyBytes: 100_000 })
    const large = ' '.repeat(100_001)
    expect((await post(large)).status).toBe(413)
    expect((await post(large, { 'transfer-encoding': 'chunked' })).status).toBe(413)
    expect((await post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413)
    expect((await post(gzipSync(`${' '.repeat(99_990)}{}`), { 'content-encoding': 'gzip' })).status).toBe(200)
  })

  test('that comes too soon after others of its key, before its body is read', async () => {
    const { post } = await start({ rate: { perSecond: 0.001, burst: 2 } })
    await post('{}')
    await post('{}')
    const answer = await post('not even JSON')
    expect([answer.status, Number(answer.headers['retry-after']) > 1]).toEqual([429, true])
  })
})

describe('the port', () => {
  test('is open while the settings say so', async () => {
    const { port, number, post } = await start()
    await port.apply({ receive: false, receivePort: number })
    expect(port.status()).toEqual({ port: null, problem: null })
    await expect(post('{}')).rejects.toThrow('ECONNREFUSED')
    await port.apply({ receive: true, receivePort: number })
    expect((await post('{}')).status).toBe(200)
  })

  test('that is taken says by what, and is opened as soon as it is free', async () => {
    const { port } = await start()
    const other = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    // proven: it listens on a port
    const taken = (other.address() as AddressInfo).port
    await port.apply({ receive: true, receivePort: taken })
    expect(port.status()).toEqual({
      port: null,
      problem: expect.stringMatching(`^Port ${taken} is already used by `)
    })
    await new Promise((resolve) => other.close(resolve))
    await port.apply({ receive: true, receivePort: taken })
    expect(port.status()).toEqual({ port: taken, problem: null })
  })
})
