import { describe, expect, it } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { createHealth } from './target-health.ts'

const provider: ModelProvider = {
  id: 'up',
  name: 'Up',
  kind: 'test',
  onDevice: false,
  pricing: 'unknown',
  listModels: () => [],
  chat: () => Promise.reject(new Error('not called'))
}
const seat = (key = 0) => ({ provider, key })
const refusedKey = new HomeportError('upstream-failed', 'Refused.', { upstreamStatus: 401 })
const down = new HomeportError('upstream-unreachable', 'Nothing listens.')

function timed() {
  let now = 1_000_000
  const health = createHealth(() => now)
  return { health, pass: (ms: number) => (now += ms), now: () => now }
}

describe('health', () => {
  it('says nothing of who was never asked', () => {
    const { health } = timed()
    expect(health.list()).toEqual([])
    expect(health.restsUntil('up/m', seat())).toBe(0)
    expect(health.latencyMs('up/m')).toBeNull()
  })

  it('counts calls, those that run and those that failed, of the last five minutes', () => {
    const { health, pass } = timed()
    health.begin('up/m', seat()).failed(down)
    health.begin('up/m', seat()).succeeded()
    health.begin('up/m', seat())
    expect(health.list()).toEqual([
      {
        model: 'up/m',
        state: 'well',
        restsUntil: null,
        latencyMs: null,
        inFlight: 1,
        calls: 2,
        failures: 1,
        lastError: 'Nothing listens.'
      }
    ])
    pass(5 * 60_000)
    expect(health.list()).toMatchObject([{ calls: 0, failures: 0, inFlight: 1, lastError: null }])
  })

  it('counts a call once, whichever ending comes first', () => {
    const { health } = timed()
    const attempt = health.begin('up/m', seat())
    attempt.failed(down)
    attempt.dropped()
    attempt.succeeded()
    expect(health.list()).toMatchObject([{ inFlight: 0, calls: 1, failures: 1 }])
  })

  it('holds nothing against a model that a request was wrong for', () => {
    const { health } = timed()
    for (let call = 0; call < 5; call++) {
      health.begin('up/m', seat()).failed(new HomeportError('bad-request', 'No.'))
    }
    expect(health.list()).toMatchObject([{ state: 'well', calls: 5, failures: 0, lastError: null }])
  })

  it('lets only the failing model rest, and says until when', () => {
    const { health, now } = timed()
    for (let call = 0; call < 3; call++) health.begin('up/m', seat()).failed(down)
    expect(health.list()).toMatchObject([{ state: 'resting', restsUntil: now() + 5000 }])
    expect(health.restsUntil('up/other', seat())).toBe(0)
  })

  it('lets a refused key rest for every model, and no other key', () => {
    const { health } = timed()
    health.begin('up/m', seat(0)).failed(refusedKey)
    expect(health.restsUntil('up/other', seat(0))).toBeGreaterThan(0)
    expect(health.restsUntil('up/m', seat(1))).toBe(0)
  })

  it('is well as long as one key is', () => {
    const { health } = timed()
    health.begin('up/m', seat(0)).failed(refusedKey)
    health.begin('up/m', seat(1)).succeeded()
    expect(health.list()).toMatchObject([{ state: 'well', restsUntil: null }])
  })

  it('averages the time to the first token, the newest most, and forgets it after five minutes', () => {
    const { health, pass } = timed()
    health.begin('up/m', seat()).answering(100)
    expect(health.latencyMs('up/m')).toBe(100)
    health.begin('up/m', seat()).answering(200)
    expect(health.latencyMs('up/m')).toBeCloseTo(130)
    health.begin('up/m', seat()).answering(null)
    expect(health.latencyMs('up/m')).toBeCloseTo(130)
    pass(300_001)
    expect(health.latencyMs('up/m')).toBeNull()
    health.begin('up/m', seat()).answering(500)
    expect(health.latencyMs('up/m')).toBe(500)
  })

  it('forgives a provider that was changed', () => {
    const { health } = timed()
    health.begin('up/m', seat()).failed(refusedKey)
    health.forgive('up')
    expect(health.restsUntil('up/m', seat())).toBe(0)
    expect(health.restsUntil('up/other', seat())).toBe(0)
  })

  it('does not grow with the names that clients make up', () => {
    const { health } = timed()
    for (let call = 0; call < 5000; call++) health.begin(`up/${call}`, seat()).failed(down)
    expect(health.list().length).toBeLessThanOrEqual(2000)
  })
})
