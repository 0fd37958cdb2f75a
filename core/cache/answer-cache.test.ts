import { beforeEach, expect, test } from 'vitest'
import type { CacheSettings } from '../contract/settings.ts'
import { silentLogger } from '../lib/logger.ts'
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

/** As after a restart of the daemon. */
const reopen = () =>
  openAnswerCache({ store, settings: () => settings, logger: silentLogger, now: () => now })

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
