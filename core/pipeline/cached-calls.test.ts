import { describe, expect, test } from 'vitest'
import type { AnswerCache } from '../cache/answer-cache.ts'
import type { CachedAnswer } from '../cache/cached-answer.ts'
import type { CacheSettings } from '../contract/settings.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import type { CacheWish, CallInput } from './context.ts'
import {
  finish,
  inputOf,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text,
  usage
} from './pipeline.test-support.ts'

/** A cache in memory whose answers are a second old, and to which questions are the same whatever their letter case. */
function memoryCache(settings: Partial<CacheSettings> = {}) {
  const kept = new Map<string, CachedAnswer>()
  const questions: { text: string; partition: string; traceId: string; key: string }[] = []
  const asks = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
  const cache: AnswerCache = {
    settings: () => ({ enabled: true, ttlSeconds: 60, maxMegabytes: 1, ...settings }),
    find: (key, maxAgeMs = 60_000) => (maxAgeMs > 1000 ? (kept.get(key) ?? null) : null),
    async findSimilar({ text, partition }, threshold) {
      const same = questions.find((q) => q.partition === partition && asks(q.text, text))
      const answer = same && kept.get(same.key)
      return answer && threshold <= 0.9 ? { answer, similarity: 0.9, traceId: same.traceId } : null
    },
    keep(key, answer, asked) {
      kept.set(key, structuredClone(answer))
      if (asked) questions.push({ ...asked, key })
    },
    size: () => ({ entries: kept.size, bytes: 0 }),
    clear: async () => kept.clear(),
    prune: async () => {}
  }
  return { cache, kept }
}

const wire = (event: ChatEvent, data: string): ChatEvent => ({ ...event, wire: data })
const wired = [wire(text('Hel'), '1'), wire(text('lo'), '2'), wire(finish, '3'), usage]

/** A pipeline with a cache, to an upstream that counts how often it is asked. */
function cachedPipeline(events: readonly ChatEvent[] = wired, options: Partial<CacheSettings> = {}) {
  const { cache, kept } = memoryCache(options)
  let asked = 0
  const provider = providerOf(
    async function* () {
      asked++
      yield* events
    },
    { wireDialect: 'openai-chat', headers: { 'x-request-id': 'req' }, warnings: ['top_k was dropped'] }
  )
  const made = pipelineTo(provider, { cache })
  const call = async (input: Partial<CallInput> = {}) => {
    const result = await made.pipeline.call(inputOf(input))
    const all: ChatEvent[] = []
    for await (const event of result.events) all.push(event)
    await settled()
    return { ...result, all, outcome: await result.done }
  }
  return { ...made, call, kept, asked: () => asked }
}

const wish = (mode: CacheWish['mode'], maxAgeSeconds: number | null = null) => ({
  cache: { mode, maxAgeSeconds }
})
const bodyOf = (changed: Record<string, unknown>): Pick<CallInput, 'wire'> => {
  const json = { ...inputOf().wire?.json, ...changed }
  return {
    wire: { dialect: 'openai-chat', body: Buffer.from(JSON.stringify(json)), json, headers: {} }
  }
}

describe('a request that was answered before', () => {
  test('gets the same events again, byte for byte, and nobody is asked', async () => {
    const { call, asked } = cachedPipeline()
    const first = await call()
    const second = await call()
    expect(asked()).toBe(1)
    expect(second.all).toEqual(first.all)
    expect(first.head.cache).toBe('miss')
    expect(second.head).toEqual({
      wireDialect: 'openai-chat',
      headers: {},
      warnings: ['top_k was dropped'],
      cache: 'hit'
    })
    expect(second.model).toBe('up/gpt-4o')
    expect(second.traceId).not.toBe(first.traceId)
  })

  test('is traced, costs nothing, and books what that saved', async () => {
    const { call, traces, entries } = cachedPipeline()
    await call()
    const { outcome } = await call()
    expect(outcome).toMatchObject({
      status: 'ok',
      text: 'Hello',
      usage: { output: { total: 4 } },
      cost: { kind: 'priced', nanoUsd: 0, source: 'cache' }
    })
    expect(entries).toMatchObject([
      { cache: 'miss', savedNanoUsd: null, cost: { nanoUsd: 42 } },
      { cache: 'hit', savedNanoUsd: 42, cost: { nanoUsd: 0 }, providerId: 'up' }
    ])
    const hit = { providerId: 'up', status: 'ok', cache: 'hit', savedNanoUsd: 42 }
    expect(traces).toMatchObject([
      { summary: { cache: 'miss', savedNanoUsd: null } },
      { summary: hit, responseBody: 'Hello' }
    ])
    expect(traces[0]?.spans).toContainEqual(expect.objectContaining({ name: 'cache', note: 'miss' }))
    expect(traces[1]?.spans).toContainEqual(
      expect.objectContaining({ name: 'cache', note: expect.stringMatching(/^hit · stop/) })
    )
    expect(traces[1]?.spans.some(({ kind }) => kind === 'provider')).toBe(false)
  })

  test('gets the meaning, without the wire form, when it asks for it in another mode', async () => {
    const { call, asked } = cachedPipeline()
    await call({ stream: true })
    const plain = await call({ stream: false })
    expect(plain.head).toMatchObject({ wireDialect: null, cache: 'hit' })
    expect(plain.all).toEqual(wired.map(({ parts }) => ({ parts })))
    const withUsage = await call({ stream: true, ...bodyOf({ stream_options: { include_usage: true } }) })
    expect(withUsage.head).toMatchObject({ wireDialect: null, cache: 'hit' })
    expect(asked()).toBe(1)
  })

  test('is asked again where the other mode would lose choices', async () => {
    const { call, asked } = cachedPipeline()
    await call({ stream: true, ...bodyOf({ n: 2 }) })
    await call({ stream: false, ...bodyOf({ n: 2 }) })
    expect(asked()).toBe(2)
    await call({ stream: false, ...bodyOf({ n: 2 }) })
    expect(asked()).toBe(2)
  })

  test('can be stopped in the middle', async () => {
    const { call, pipeline, entries } = cachedPipeline()
    await call()
    const client = new AbortController()
    const { events, done } = await pipeline.call(inputOf({ signal: client.signal }))
    for await (const _ of events) break
    expect(await done).toMatchObject({ status: 'aborted' })
    client.abort()
    await settled()
    expect(entries[1]).toMatchObject({ status: 'aborted', cost: { nanoUsd: 0 } })
  })
})

describe('what a client may ask of the cache', () => {
  test('off: neither read nor kept', async () => {
    const { call, asked, kept } = cachedPipeline()
    await call(wish('off'))
    expect(kept.size).toBe(0)
    await call()
    const { head } = await call(wish('off'))
    expect(head.cache).toBeUndefined()
    expect(asked()).toBe(3)
  })

  test('refresh: asked, and kept', async () => {
    const { call, asked } = cachedPipeline()
    await call()
    expect((await call(wish('refresh'))).head.cache).toBe('miss')
    expect(asked()).toBe(2)
    expect((await call()).head.cache).toBe('hit')
  })

  test('only: from the cache, or an error like a gateway that has waited in vain', async () => {
    const { call, asked, entries } = cachedPipeline()
    await expect(call(wish('only'))).rejects.toMatchObject({ code: 'unavailable', status: 504 })
    expect(asked()).toBe(0)
    expect(entries).toMatchObject([{ status: 'error', usage: null }])
    await call()
    expect((await call(wish('only'))).head.cache).toBe('hit')
  })

  test('only: also where nothing is ever kept', async () => {
    const { call, asked } = cachedPipeline()
    const app: CallInput['caller'] = { kind: 'app', id: 'chat', name: 'Chat' }
    await expect(call({ ...wish('only'), caller: app })).rejects.toMatchObject({ status: 504 })
    expect(asked()).toBe(0)
  })

  test('nothing older than a time', async () => {
    const { call, asked } = cachedPipeline()
    await call()
    await call(wish('default', 0))
    expect(asked()).toBe(2)
    expect((await call(wish('default', 5))).head.cache).toBe('hit')
  })

  test('on: also while the person has not turned it on, who decides for all others', async () => {
    const { call, asked, kept } = cachedPipeline(wired, { enabled: false })
    await call()
    await call(wish('default', 60))
    expect([asked(), kept.size]).toEqual([2, 0])
    await call(wish('on'))
    expect((await call(wish('on'))).head.cache).toBe('hit')
    expect((await call()).head.cache).toBeUndefined()
    expect(asked()).toBe(4)
  })
})

describe('a question in other words', () => {
  const saying = (content: unknown, changed: Record<string, unknown> = {}) =>
    bodyOf({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content }
      ],
      ...changed
    })
  const semantic = { enabled: true, threshold: 0.8 }

  test('gets the answer to the one before, and everybody is told so', async () => {
    const { call, asked, traces, entries } = cachedPipeline(wired, { semantic })
    const first = await call(saying('What is gold?'))
    const second = await call(saying('what is GOLD?'))
    expect(asked()).toBe(1)
    expect(second.all).toEqual(first.all)
    expect(second.head).toMatchObject({ cache: 'hit', similarity: 0.9 })
    expect(entries[1]).toMatchObject({ cache: 'hit', savedNanoUsd: 42, cost: { nanoUsd: 0 } })
    const note = `hit · 0.900 like trace ${first.traceId}`
    expect(traces[1]?.spans).toContainEqual(
      expect.objectContaining({ name: 'cache', note: expect.stringContaining(note) })
    )
    const again = await call(saying('What is gold?'))
    expect(again.head).toMatchObject({ cache: 'hit' })
    expect(again.head.similarity).toBeUndefined()
  })

  test.each<[string, Partial<CallInput>]>([
    ['system prompt', saying('what is GOLD?', { messages: [{ role: 'user', content: 'what is GOLD?' }] })],
    ['tools', saying('what is GOLD?', { tools: [{ type: 'function', function: { name: 'f' } }] })],
    ['temperature', saying('what is GOLD?', { temperature: 0 })],
    [
      'picture',
      saying([
        { type: 'text', text: 'what is GOLD?' },
        { type: 'image_url', image_url: { url: 'u' } }
      ])
    ],
    ['model', { ...saying('what is GOLD?'), model: 'up/other' }],
    ['app key', { ...saying('what is GOLD?'), caller: { kind: 'app-key', id: 'key-2', name: 'Script' } }]
  ])('is asked anew with another %s', async (_, other) => {
    const { call, asked } = cachedPipeline(wired, { semantic })
    await call(saying('What is gold?'))
    expect((await call(other)).head.cache).toBe('miss')
    expect(asked()).toBe(2)
  })

  test('is another request until the person or the client wants otherwise', async () => {
    const { call, asked } = cachedPipeline()
    await call(saying('What is gold?'))
    expect((await call(saying('what is GOLD?'))).head.cache).toBe('miss')
    await call({ ...saying('What is silver?'), ...wish('similar') })
    expect((await call({ ...saying('what is SILVER?'), ...wish('similar') })).head.similarity).toBe(0.9)
    expect(asked()).toBe(3)
  })

  test('is another request to a client that wants exactly its own, and where it is less near than set', async () => {
    const careful = { semantic: { ...semantic, keys: { 'key-1': 0.95 } } }
    for (const [options, mode] of [
      [{ semantic }, 'exact'],
      [careful, 'default']
    ] as const) {
      const { call } = cachedPipeline(wired, options)
      await call(saying('What is gold?'))
      expect((await call({ ...saying('what is GOLD?'), ...wish(mode) })).head.cache).toBe('miss')
    }
  })
})

describe('is not kept', () => {
  test('for another program', async () => {
    const { call, asked } = cachedPipeline()
    await call()
    await call({ caller: { kind: 'app-key', id: 'key-2', name: 'Script' } })
    expect(asked()).toBe(2)
  })

  test("for the app's own chats, where asking again means it", async () => {
    const { call, kept } = cachedPipeline()
    await call({ caller: { kind: 'app', id: 'chat', name: 'Chat' } })
    expect(kept.size).toBe(0)
  })

  test.each<[string, ChatEvent[]]>([
    ['cut at its length', [text('Hel'), { parts: [{ type: 'finish', reason: 'length' }] }]],
    ['filtered', [{ parts: [{ type: 'finish', reason: 'content-filter' }] }]],
    ['without an end', [text('Hel')]],
    ['very long', [text('x'.repeat(1_000_001)), finish]]
  ])('an answer that is %s', async (_, events) => {
    const { call, kept } = cachedPipeline(events)
    await call()
    expect(kept.size).toBe(0)
  })

  test('an answer that broke off, or whose reader left', async () => {
    const { cache, kept } = memoryCache()
    const provider = providerOf(async function* () {
      yield text('Hel')
      yield finish
      throw new Error('broke')
    })
    const { pipeline } = pipelineTo(provider, { cache })
    await readText((await pipeline.call(inputOf())).events).catch(() => {})
    for await (const _ of (await pipeline.call(inputOf())).events) break
    await settled()
    expect(kept.size).toBe(0)
  })

  test('a request that starts something', async () => {
    const { call, kept } = cachedPipeline()
    await call(bodyOf({ background: true }))
    await call(bodyOf({ conversation: 'conv_1' }))
    expect(kept.size).toBe(0)
  })
})
