import { expect, test } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

test('gives a burst at once, then one for each interval, to each key alone', () => {
  let now = 0
  const limiter = new RateLimiter({ perSecond: 2, burst: 3 }, () => now)
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 0])
  expect(limiter.take('a')).toBeCloseTo(0.5)
  expect(limiter.take('b')).toBe(0)
  now = 250
  expect(limiter.take('a')).toBeCloseTo(0.25)
  now = 500
  expect(limiter.take('a')).toBe(0)
  expect(limiter.take('a')).toBeGreaterThan(0)
})

test('a long rest earns no more than the burst', () => {
  let now = 0
  const limiter = new RateLimiter({ perSecond: 10, burst: 2 }, () => now)
  limiter.take('a')
  now = 1_000_000
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0])
  expect(limiter.take('a')).toBeGreaterThan(0)
})
