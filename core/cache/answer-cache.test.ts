import { beforeEach, describe, expect, test } from 'vitest'
import type { CacheSettings } from '../contract/settings.ts'
import { silentLogger } from '../lib/logger.ts'
import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import type { OpenedStore } from '../store/open-store.ts'
import { openTestStore, temporaryFolder } from '../store/store.test-support.ts'
import { type AnswerCache, openAnswerCache } from './answer-cache.ts'
import type { CachedAnswer } from './cached-answer.ts'

const HOUR = 3_600_000

let store: OpenedStore
let cache: AnswerCache
let settings: CacheSettings
let now = 0

beforeEach(async () => {
  now = 1_800_000_000_000
  settings = { enabled: true, ttlSeconds: 3600, maxMegabytes: 1 }
  store = await openTestStore(temporaryFolder(), migrationsFolder)
  cache = reopen()
})

const embedder = openBuiltInEmbedder()
let embed = (texts: readonly string[]) => embedder.embed(texts, 'query', new AbortController().signal)

/** As after a restart of the daemon. */
const reopen = () =>
  openAnswerCache({ store, settings: () => settings, embed, logger: silentLogger, now: () => now })

/** Writes take effect in order, so when this one is done, those before it are. */
const written = async () => {
  for (let i = 0; i < 3; i++) await store.write('traces', [])
}

const answerOf = (text: string): CachedAnswer => ({
  model: 'up/gpt',
  mode: 'stream null',
  isWire: true,
  warnings: ['top_k was dropped'],
  events: [
    { parts: [{ type: 'text-delta', text }], wire: `{"text":"${text}"}`, wireEvent: 'delta' },
    {
      parts: [
        { type: 'tool-call-start', index: 0, id: 'call_1', name: 'f' },
        { type: 'finish', reason: 'tool-calls' }
      ]
    }
  ]
})

test('gives back what was kept, also after a restart', async () => {
  expect(cache.find('a')).toBeNull()
  cache.keep('a', answerOf('é'))
  await written()
  for (const opened of [cache, reopen()]) expect(opened.find('a')).toEqual(answerOf('é'))
  expect(cache.find('b')).toBeNull()
})

test('an answer is forgotten when it is too old by the settings of now, or for whoever asks', async () => {
  cache.keep('a', answerOf('1'))
  await written()
  now += HOUR / 2
  expect(cache.find('a', HOUR / 2)).toBeNull()
  expect(cache.find('a', HOUR / 2 + 1)).not.toBeNull()
  expect(cache.find('a', 0)).toBeNull()
  settings.ttlSeconds = 60
  expect(cache.find('a')).toBeNull()
  settings.ttlSeconds = 3600
  now += HOUR / 2
  expect(cache.find('a')).toBeNull()
  await cache.prune(now)
  expect(cache.size()).toEqual({ entries: 0, bytes: 0 })
})

test('a newer answer takes the place of an older one', async () => {
  cache.keep('a', answerOf('old'))
  now += HOUR - 1
  cache.keep('a', answerOf('new'))
  await written()
  now += HOUR - 1
  expect(cache.find('a')).toEqual(answerOf('new'))
  expect(cache.size().entries).toBe(1)
})

test('takes no more room than it may, and what was used last stays', async () => {
  const incompressible = () =>
    answerOf(Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64'))
  const keep = async (key: string) => {
    now += 120_000
    cache.keep(key, incompressible())
    await written()
  }
  for (let i = 0; i < 12; i++) {
    await keep(`old-${i}`)
    expect(cache.find('old-0')).not.toBeNull()
  }
  settings.ttlSeconds = 100_000
  expect(cache.size().entries).toBe(12)
  for (let i = 0; i < 6; i++) {
    await keep(`new-${i}`)
    cache.find('old-0')
  }
  await expect.poll(() => cache.size().bytes).toBeLessThanOrEqual(1_000_000)
  expect(cache.find('old-0')).not.toBeNull()
  expect(cache.find('new-5')).not.toBeNull()
  expect(cache.find('old-1')).toBeNull()
})

test('all of it can be forgotten', async () => {
  cache.keep('a', answerOf('1'))
  cache.keep('b', answerOf('2'))
  await written()
  expect(cache.size()).toMatchObject({ entries: 2, bytes: expect.any(Number) })
  await cache.clear()
  expect(cache.find('a')).toBeNull()
  expect(cache.size()).toEqual({ entries: 0, bytes: 0 })
})

describe('a question in other words', () => {
  const asked = (text: string, partition = 'p') => ({ text, partition })
  const keep = (key: string, text: string, partition?: string) =>
    cache.keep(key, answerOf(key), { ...asked(text, partition), traceId: `trace-${key}` })

  test('finds the answer of the one that asks the same, and says how near and of which call', async () => {
    keep('gold', 'What is the price of gold?')
    keep('silver', 'What is the price of silver?')
    await written()
    const found = await cache.findSimilar(asked('Could you tell me the price of gold, please?'), 0.5)
    expect(found).toEqual({
      answer: answerOf('gold'),
      traceId: 'trace-gold',
      similarity: expect.closeTo(0.64, 2)
    })
    expect(await cache.findSimilar(asked('What is the price of copper?'), 0.5)).toBeNull()
    expect((await reopen().findSimilar(asked("What's the price of gold?"), 0.5))?.traceId).toBe('trace-gold')
  })

  test('finds nothing that is less near than it must be', async () => {
    keep('gold', 'What is the price of gold?')
    await written()
    const { similarity = 1 } = (await cache.findSimilar(asked("Please tell me gold's price"), 0.5)) ?? {}
    expect(similarity).toBeLessThan(0.9999)
    expect(await cache.findSimilar(asked("Please tell me gold's price"), similarity + 0.0001)).toBeNull()
  })

  test('finds nothing where anything else of the request differs, and nothing too old', async () => {
    keep('gold', 'What is the price of gold?')
    await written()
    expect(await cache.findSimilar(asked("What's the price of gold?", 'q'), 0.5)).toBeNull()
    now += HOUR / 2
    expect(await cache.findSimilar(asked("What's the price of gold?"), 0.5, HOUR / 2)).toBeNull()
    expect(await cache.findSimilar(asked("What's the price of gold?"), 0.5)).not.toBeNull()
    now += HOUR / 2
    expect(await cache.findSimilar(asked("What's the price of gold?"), 0.5)).toBeNull()
  })

  test('is forgotten with its answer, and kept anew with it', async () => {
    keep('gold', 'What is the price of gold?')
    keep('gold', 'What is the price of gold?')
    await written()
    expect(await cache.findSimilar(asked("What's the price of gold?"), 0.5)).not.toBeNull()
    await cache.clear()
    expect(store.traces.all('SELECT key FROM cached_questions')).toEqual([])
  })

  test('finds nothing while texts cannot be compared, and no call fails for it', async () => {
    const working = embed
    keep('gold', 'What is the price of gold?')
    await written()
    embed = () => Promise.reject(new Error('the thread broke off'))
    expect(await reopen().findSimilar(asked("What's the price of gold?"), 0.5)).toBeNull()
    embed = working
  })
})
