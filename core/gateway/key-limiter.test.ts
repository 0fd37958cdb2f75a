import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type KeyLimits, noLimits } from '../contract/access.ts'
import { KeyLimiter } from './key-limiter.ts'

const never = new AbortController().signal
const perMinute = (requestsPerMinute: number | null, tokensPerMinute: number | null = null): KeyLimits => ({
  ...noLimits,
  requestsPerMinute,
  tokensPerMinute
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limiterOf = (maxWaitMs = 10_000) => new KeyLimiter({ maxWaitMs, now: () => Date.now() })

/** Lets promises that are ready tell. */
const now = () => vi.advanceTimersByTimeAsync(0)

/** Calls of one key, and the order in which they were let through or refused. */
function callsOf(limiter: KeyLimiter, limits: KeyLimits) {
  const ended: string[] = []
  const call = (name: string, tokens = 0, signal = never) =>
    limiter.admit('key', limits, tokens, signal).then(
      (admission) => {
        ended.push(name)
        return admission
      },
      (error: unknown) => {
        const { code, retryAfterSeconds } = error as { code?: unknown; retryAfterSeconds?: unknown }
        ended.push(`${name}: ${String(code)} ${String(retryAfterSeconds)}`)
        throw error
      }
    )
  return { ended, call }
}

describe('requests per minute', () => {
  test('go at once up to the limit, then wait their turn in order of arrival', async () => {
    const { ended, call } = callsOf(limiterOf(), perMinute(60))
    for (let i = 0; i < 60; i++) await call('burst')
    ended.length = 0
    void call('first')
    void call('second')
    await vi.advanceTimersByTimeAsync(999)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toEqual(['first'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(ended).toEqual(['first', 'second'])
  })

  test('are refused at once when their turn would come too late, with the time after which it would', async () => {
    const { ended, call } = callsOf(limiterOf(2000), perMinute(60))
    for (let i = 0; i < 60; i++) await call('burst')
    void call('first')
    void call('second')
    await expect(call('third')).rejects.toMatchObject({
      code: 'rate-limited',
      retryable: true,
      retryAfterSeconds: 3
    })
    await vi.advanceTimersByTimeAsync(2000)
    expect(ended.slice(60)).toEqual(['third: rate-limited 3', 'first', 'second'])
  })

  test('of another key are another matter', async () => {
    const limiter = limiterOf()
    await limiter.admit('a', perMinute(1), 0, never)
    await limiter.admit('b', perMinute(1), 0, never)
    await expect(limiter.admit('a', perMinute(1), 0, never)).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('give their place to the next when their client leaves, and nothing stays behind', async () => {
    const { ended, call } = callsOf(limiterOf(), perMinute(60))
    for (let i = 0; i < 60; i++) await call('burst')
    ended.length = 0
    const client = new AbortController()
    const left = call('left', 0, client.signal)
    void call('next')
    client.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    await vi.advanceTimersByTimeAsync(1000)
    expect(ended.slice(1)).toEqual(['next'])
    expect(getEventListeners(client.signal, 'abort')).toEqual([])
    expect(getEventListeners(never, 'abort')).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that wait are let through soon after the limit was raised', async () => {
    const limits = perMinute(10)
    const { ended, call } = callsOf(limiterOf(), limits)
    for (let i = 0; i < 10; i++) await call('burst')
    void call('waiting')
    limits.requestsPerMinute = null
    await vi.advanceTimersByTimeAsync(1000)
    expect(ended.at(-1)).toBe('waiting')
  })

  test('keep the share they had left when the limit changes', async () => {
    const limiter = limiterOf()
    for (let i = 0; i < 50; i++) await limiter.admit('key', perMinute(100), 0, never)
    expect(limiter.allowance('key', perMinute(10)).requests).toMatchObject({ limit: 10, remaining: 5 })
  })
})

describe('tokens per minute', () => {
  test('are taken as estimated, and corrected by what the call took', async () => {
    const limiter = limiterOf()
    const limits = perMinute(null, 1000)
    const remaining = () => limiter.allowance('key', limits).tokens?.remaining
    const admission = await limiter.admit('key', limits, 400, never)
    expect(remaining()).toBe(600)
    admission.correct(100)
    expect(remaining()).toBe(900)
    const other = await limiter.admit('key', limits, 100, never)
    other.correct(1500)
    expect(remaining()).toBe(0)
    // 600 beyond the limit, and 10 to take: at 1000 a minute
    await expect(limiter.admit('key', limits, 10, never)).rejects.toMatchObject({ retryAfterSeconds: 36.6 })
  })

  test('a correction lets those go who wait for it', async () => {
    const { ended, call } = callsOf(limiterOf(), perMinute(null, 1000))
    const first = await call('first', 900)
    void call('second', 250)
    await now()
    expect(ended).toEqual(['first'])
    first.correct(10)
    await now()
    expect(ended).toEqual(['first', 'second'])
  })

  test('of a call larger than the limit are let through once, and those after it wait', async () => {
    const { call } = callsOf(limiterOf(), perMinute(null, 1000))
    await call('huge', 5000)
    await expect(call('small', 1)).rejects.toMatchObject({ code: 'rate-limited' })
    await vi.advanceTimersByTimeAsync(4 * 60_000 + 1000)
    await call('small', 1)
  })

  test('a call that took more than was thought makes those behind it wait no longer than the deadline', async () => {
    const { ended, call } = callsOf(limiterOf(5000), perMinute(null, 1000))
    const first = await call('first', 1000)
    const refused = expect(call('second', 50)).rejects.toMatchObject({ code: 'rate-limited' })
    first.correct(10_000)
    await vi.advanceTimersByTimeAsync(4999)
    expect(ended).toEqual(['first'])
    await vi.advanceTimersByTimeAsync(1)
    await refused
  })
})

test('tells what is left and when it will be whole again', async () => {
  const limiter = limiterOf()
  const limits = perMinute(60, 6000)
  await limiter.admit('key', limits, 600, never)
  expect(limiter.allowance('key', limits)).toEqual({
    requests: { limit: 60, remaining: 59, fullInMs: 1000 },
    tokens: { limit: 6000, remaining: 5400, fullInMs: 6000 }
  })
  expect(limiter.allowance('key', noLimits)).toEqual({ requests: null, tokens: null })
})
