import { expect, it } from 'vitest'
import { callOf } from './call-samples.test-support.ts'
import { formatSpan, sessionSums } from './session-sums.ts'

const usage = (input: number, output: number) => ({
  input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: output, text: output, reasoning: 0 }
})
const priced = (nanoUsd: number) => ({ kind: 'priced' as const, nanoUsd, source: 'x' })

it('sums what calls took and cost, to the nano-dollar', () => {
  const sums = sessionSums([
    callOf(3, { usage: usage(100, 20), cost: priced(3_000_000_001), durationMs: 500 }),
    callOf(2, { usage: usage(10, 2), cost: priced(2), durationMs: 5000 }),
    callOf(1, { cost: { kind: 'free' }, durationMs: 100 })
  ])
  expect(sums).toMatchObject({ calls: 3, inputTokens: 110, outputTokens: 22, nanoUsd: 3_000_000_003 })
  expect(sums).toMatchObject({ onDevice: 1, unpriced: 0, failed: 0, busyMs: 5600, spanMs: 6000 })
})

it('counts calls without a price apart, but not those that failed before they cost any', () => {
  const sums = sessionSums([
    callOf(2, { cost: { kind: 'unknown' }, status: 'cut' }),
    callOf(1, { cost: { kind: 'unknown' }, status: 'error' })
  ])
  expect(sums).toMatchObject({ failed: 2, unpriced: 1 })
})

it('comes to nothing without calls', () => {
  expect(sessionSums([])).toMatchObject({ calls: 0, spanMs: 0 })
})

it.each([
  [4930, '4.93 s'],
  [59.9 * 60_000, '59 min'],
  [3 * 3_600_000 + 20 * 60_000, '3 h 20 min'],
  [3_600_000, '1 h'],
  [52 * 3_600_000, '2 d 4 h']
])('writes a long time in its two largest units: %d ms', (ms, words) => {
  expect(formatSpan(ms)).toBe(words)
})
