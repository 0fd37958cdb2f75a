import { expect, test } from 'vitest'
import type { BookedCall } from './booked-call.ts'
import { usageOf } from './costs.test-support.ts'
import type { Correction } from './ledger-repository.ts'
import { createPrices } from './price-call.ts'
import { recompute } from './price-recompute.ts'
import { parsePriceTable } from './price-table.ts'

const rates = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 1_000_000 }
const row = { model: 'm', rates, source: 'test', date: '2026-01-01' }
const change = Date.parse('2026-06-01')
const { price } = createPrices({
  readTable: () =>
    parsePriceTable({
      unit: 'nano-USD per million tokens, nano-USD a piece',
      vendors: {
        v: [
          { ...row, until: '2026-06-01' },
          { ...row, from: '2026-06-01', rates: { ...rates, output: 3_000_000 } }
        ]
      }
    })
})

let calls = 0
const call = (changed: Partial<BookedCall> = {}): BookedCall => ({
  traceId: String(calls++),
  startedAt: change,
  callerKind: 'app',
  callerId: 'app',
  callerName: null,
  feature: null,
  project: null,
  session: null,
  dialect: 'openai-chat',
  model: 'v/m',
  requestHash: null,
  providerId: 'v',
  providerModel: 'm',
  servedModel: null,
  status: 'ok',
  usage: usageOf({ text: 100 }),
  cost: { kind: 'priced', nanoUsd: 100, source: 'test, 2026-01-01' },
  cache: null,
  savedNanoUsd: null,
  durationMs: 1,
  ...changed
})

/** What is corrected, and the sums. */
async function recomputed(booked: BookedCall[], apply = true) {
  const corrections: Correction[] = []
  const result = await recompute(
    {
      calls: {
        pages: () => booked.map((one) => [one]),
        correct: async (some) => void corrections.push(...some)
      },
      price,
      pricingOf: (id) => (id === 'v' ? { vendor: 'v' } : null)
    },
    { from: 0, until: change + 1, apply }
  )
  return { corrections, result }
}

test('prices each call by the prices of its own day, and corrects those that change', async () => {
  const before = call({ startedAt: change - 1 })
  const after = call()
  const { corrections, result } = await recomputed([before, after])
  expect(corrections).toEqual([
    {
      traceId: after.traceId,
      cost: { kind: 'priced', nanoUsd: 300, source: 'test, 2026-01-01' },
      promptCacheSavedNanoUsd: null
    }
  ])
  expect(result).toEqual({ calls: 2, changed: 1, bookedNanoUsd: 200, correctedNanoUsd: 400 })
})

test('gives a price to a call that had none', async () => {
  const { corrections, result } = await recomputed([call({ cost: { kind: 'unknown' } })])
  expect(corrections).toMatchObject([{ cost: { nanoUsd: 300 } }])
  expect(result).toEqual({ calls: 1, changed: 1, bookedNanoUsd: 0, correctedNanoUsd: 300 })
})

test('says what would change without changing it', async () => {
  const { corrections, result } = await recomputed([call()], false)
  expect(corrections).toEqual([])
  expect(result).toEqual({ calls: 1, changed: 1, bookedNanoUsd: 100, correctedNanoUsd: 300 })
})

test.each<[string, Partial<BookedCall>]>([
  ['a call on this machine', { cost: { kind: 'free' } }],
  ['an answer out of the cache', { cache: 'hit', cost: { kind: 'priced', nanoUsd: 0, source: 'cache' } }],
  ['a call that reported nothing', { usage: null, cost: { kind: 'unknown' } }],
  ['a call of a provider that is gone', { providerId: 'gone' }],
  ['a call that never reached one', { providerId: null }],
  ['a call whose price nobody knows any more', { providerModel: 'forgotten' }]
])('leaves %s alone', async (_, changed) => {
  const { corrections, result } = await recomputed([call(changed)])
  expect(corrections).toEqual([])
  expect(result.correctedNanoUsd).toBe(result.bookedNanoUsd)
})

test('prices the model that served, and what was asked for where nobody knows that', async () => {
  const { corrections } = await recomputed([
    call({ servedModel: 'm', providerModel: 'other' }),
    call({ servedModel: 'alias', providerModel: 'm' })
  ])
  expect(corrections).toMatchObject([{ cost: { nanoUsd: 300 } }, { cost: { nanoUsd: 300 } }])
})
