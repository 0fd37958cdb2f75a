import { expect, test } from 'vitest'
import { type CacheSettings, DEFAULT_SIMILARITY } from '../contract/settings.ts'
import { similarityThreshold } from './similarity-threshold.ts'

const settings = (semantic?: CacheSettings['semantic']): CacheSettings => ({
  enabled: true,
  ttlSeconds: 60,
  maxMegabytes: 1,
  ...(semantic && { semantic })
})

test('is off until somebody asks for it', () => {
  expect(similarityThreshold(settings(), 'key', null)).toBeNull()
  expect(similarityThreshold(settings({ enabled: false, threshold: 0.9 }), 'key', null)).toBeNull()
  expect(similarityThreshold(settings(), 'key', true)).toBe(DEFAULT_SIMILARITY)
})

test('the person sets it for all, a client may leave it out', () => {
  const on = settings({ enabled: true, threshold: 0.9 })
  expect(similarityThreshold(on, 'key', null)).toBe(0.9)
  expect(similarityThreshold(on, 'key', false)).toBeNull()
})

test('a key has a threshold of its own, or none whatever its client asks', () => {
  const own = settings({ enabled: false, threshold: 0.9, keys: { careful: 0.97, never: null } })
  expect(similarityThreshold(own, 'careful', null)).toBe(0.97)
  expect(similarityThreshold(own, 'careful', false)).toBeNull()
  expect(similarityThreshold(own, 'never', true)).toBeNull()
  expect(similarityThreshold(own, 'other', null)).toBeNull()
})
