import { afterEach, describe, expect, test } from 'vitest'
import { type KeyLimits, noLimits } from '../contract/access.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { CallInput } from '../pipeline/context.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { type RawRequest, send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  events,
  jsonType,
  type RunningGateway,
  smallPipeline,
  startGateway,
  untilAborted
} from './testing/small-gateway.ts'

const hello: ChatEvent = { parts: [{ type: 'text-delta', text: 'Hi.' }] }

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

/** A gateway whose one key has these limits. */
async function start(limits: Partial<KeyLimits>, parts: Partial<GatewayParts> = {}) {
  const { pipeline, calls } = smallPipeline(() => events(hello), {
    headers: { 'x-ratelimit-limit-requests': '9', 'x-request-id': 'up-1' }
  })
  const own = { ...noLimits, ...limits }
  const key = { kind: 'app-key', id: 'key-1', name: 'Editor', limits: own, isPaused: false } as const
  running = await startGateway({
    pipeline,
    authenticate: (token) => (token === appToken ? key : null),
    ...parts
  })
  const { port } = running
  const chat = (request: Partial<RawRequest> = {}) =>
    send(port, {
      method: 'POST',
      path: '/v1/chat/completions',
      body: chatBody,
      ...request,
      headers: { ...bearer(appToken), ...jsonType, ...request.headers }
    })
  return { port, calls, chat, key }
}

describe('a key with limits', () => {
  test("finds what it has left in every answer, instead of the upstream's", async () => {
    const { chat, port } = await start({ requestsPerMinute: 2, tokensPerMinute: 1000 })
    const answer = await chat()
    expect(answer.headers).toMatchObject({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': expect.stringMatching(/^(30|29\.\d)s$/),
      'x-ratelimit-limit-tokens': '1000',
      'x-request-id': 'up-1'
    })
    expect(Number(answer.headers['x-ratelimit-remaining-tokens'])).toBeLessThan(1000)
    const models = await send(port, { path: '/v1/models', headers: bearer(appToken) })
    expect(models.headers['x-ratelimit-remaining-requests']).toBe('1')
    const refused = await chat({ body: '{' })
    expect(refused).toMatchObject({ status: 400, headers: { 'x-ratelimit-remaining-requests': '1' } })
  })

  test('has set aside what its request will take while a stream begins: by its size, or by what is in it', async () => {
    const { chat } = await start({ tokensPerMinute: 100_000 })
    const asked = async (content: unknown) => {
      const messages = [{ role: 'user', content }]
      const body = JSON.stringify({ model: 'acme/m1', stream: true, messages })
      const { headers } = await chat({ body })
      return { bytes: body.length, left: Number(headers['x-ratelimit-remaining-tokens']) }
    }
    const small = await asked('Hello.')
    expect(small.left).toBe(100_000 - Math.ceil(small.bytes / 4))
    const url = `data:image/png;base64,${'A'.repeat(80_000)}`
    const picture = await asked([{ type: 'image_url', image_url: { url } }])
    expect(small.left - picture.left).toBeLessThan(1100)
  })

  test('is told to wait with 429 when its turn would come too late', async () => {
    const { chat, calls } = await start({ requestsPerMinute: 1 }, { limits: { keyWaitMs: 1000 } })
    await chat()
    const answer = await chat()
    expect(answer.status).toBe(429)
    expect(answer.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^(60|59)$/),
      'x-ratelimit-remaining-requests': '0'
    })
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' }
    })
    expect(calls).toHaveLength(1)
  })

  test('waits for its turn when that comes soon', async () => {
    const { chat, calls } = await start({ requestsPerMinute: 600 })
    const answers = await Promise.all(Array.from({ length: 603 }, () => chat()))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(calls).toHaveLength(603)
  })

  test('gets the tokens back that a failed call did not take', async () => {
    const { chat } = await start(
      { tokensPerMinute: 100 },
      {
        pipeline: {
          call: async () => {
            throw new HomeportError('upstream-failed', 'It failed.')
          }
        }
      }
    )
    for (let i = 0; i < 20; i++) expect((await chat()).status).toBe(502)
  })

  test('leaves its place when its client goes away', async () => {
    let aborted = 0
    const { pipeline } = smallPipeline(async ({ signal }) => {
      try {
        return await untilAborted(signal)
      } finally {
        aborted++
      }
    })
    const { port } = await start({ requestsPerMinute: 1 }, { pipeline, limits: { keyWaitMs: 100_000 } })
    const leave = new AbortController()
    const init = {
      method: 'POST',
      body: chatBody,
      headers: { ...bearer(appToken), ...jsonType },
      signal: leave.signal
    }
    const url = `http://127.0.0.1:${port}/v1/chat/completions`
    const asking = [fetch(url, init), fetch(url, init)]
    setTimeout(() => leave.abort(), 50)
    expect((await Promise.allSettled(asking)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect.poll(() => aborted).toBe(1)
  })
})

test('a key without limits gets no headers about them, but the upstream’s', async () => {
  const { chat } = await start({})
  const { headers } = await chat()
  expect(headers['x-ratelimit-limit-requests']).toBe('9')
  expect(headers['x-ratelimit-remaining-requests']).toBeUndefined()
})

describe('what a client asks beside its request', () => {
  const wishesOf = async (headers: Record<string, string>, limits: Partial<KeyLimits> = {}) => {
    const { chat, calls } = await start(limits)
    expect((await chat({ headers })).status).toBe(200)
    const [{ onDeviceOnly, cache, withoutTexts } = {} as CallInput] = calls
    await running?.close()
    return { onDeviceOnly, cache, withoutTexts }
  }

  test('reaches the pipeline', async () => {
    expect(await wishesOf({})).toEqual({ onDeviceOnly: undefined, cache: undefined })
    expect(await wishesOf({ 'x-homeport-record': 'numbers' })).toMatchObject({ withoutTexts: true })
    expect(await wishesOf({ 'x-homeport-privacy': 'on-device' })).toMatchObject({ onDeviceOnly: true })
    expect(await wishesOf({}, { onDeviceOnly: true })).toMatchObject({ onDeviceOnly: true })
    for (const mode of ['on', 'similar', 'exact', 'off', 'refresh', 'only'] as const)
      expect(await wishesOf({ 'x-homeport-cache': mode })).toMatchObject({
        cache: { mode, maxAgeSeconds: null }
      })
  })

  test.each([
    ['no-store', { mode: 'off', maxAgeSeconds: null }],
    ['no-cache', { mode: 'default', maxAgeSeconds: 0 }],
    ['Max-Age=60', { mode: 'default', maxAgeSeconds: 60 }],
    ['max-age=60, only-if-cached', { mode: 'only', maxAgeSeconds: 60 }],
    ['private', undefined]
  ])('cache-control: %s', async (control, cache) => {
    expect((await wishesOf({ 'cache-control': control })).cache).toEqual(cache)
  })

  test.each([
    ['x-homeport-privacy', 'ondevice'],
    ['x-homeport-record', 'off'],
    ['x-homeport-cache', 'yes']
  ])('%s: %s is refused, not overlooked', async (name, value) => {
    const { chat, calls } = await start({})
    const answer = await chat({ headers: { [name]: value } })
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining(name) })
    expect(calls).toEqual([])
  })
})

test('says on every answer whether it came out of the cache', async () => {
  const { chat } = await start({})
  expect((await chat()).headers['x-homeport-cache']).toBe('off')
  const { pipeline } = smallPipeline(() => events(hello), { cache: 'hit' })
  await running?.close()
  const hit = await start({}, { pipeline })
  expect((await hit.chat()).headers['x-homeport-cache']).toBe('hit')
  const near = smallPipeline(() => events(hello), { cache: 'hit', similarity: 0.9137 })
  await running?.close()
  const similar = await start({}, { pipeline: near.pipeline })
  expect((await similar.chat()).headers).toMatchObject({
    'x-homeport-cache': 'hit-similar',
    'x-homeport-similarity': '0.914'
  })
})
