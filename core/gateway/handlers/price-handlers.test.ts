import { expect, test } from 'vitest'
import { priceRowSchema } from '../../contract/prices.ts'
import type { Period } from '../../costs/price-recompute.ts'
import { priceHandlers } from './price-handlers.ts'

const row = priceRowSchema.parse({
  vendor: 'openai',
  model: 'm',
  rates: { input: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1, output: 1 },
  source: 'you',
  date: '2026-08-01'
})
const sums = { calls: 1, changed: 1, bookedNanoUsd: 1, correctedNanoUsd: 2 }

function start() {
  const periods: Period[] = []
  const removed: unknown[][] = []
  let changes = 0
  const handlers = priceHandlers({
    browse: () => ({ rows: [row], total: 1, vendors: [] }),
    overrides: {
      list: () => [row],
      save: async () => row,
      remove: async (...which) => void removed.push(which)
    },
    async recompute(period) {
      periods.push(period)
      return sums
    },
    onChange: () => changes++
  })
  return { handlers, periods, removed, changes: () => changes }
}

const rest = { params: {}, signal: new AbortController().signal }

test('prices a period of local days anew', async () => {
  const { handlers, periods } = start()
  const body = { from: '2026-03-01', until: '2026-04-01', apply: true }
  expect(await handlers['POST /app/prices/recompute']({ ...rest, query: {}, body })).toEqual(sums)
  const midnight = (month: number) => new Date(2026, month, 1).getTime()
  expect(periods).toMatchObject([{ from: midnight(2), until: midnight(3), apply: true }])
})

test('refuses a period that ends before it begins', async () => {
  const { handlers, periods } = start()
  const body = { from: '2026-04-01', until: '2026-03-01', apply: false }
  await expect(handlers['POST /app/prices/recompute']({ ...rest, query: {}, body })).rejects.toMatchObject({
    code: 'bad-request'
  })
  expect(periods).toEqual([])
})

test('says that prices changed once one was set or taken back', async () => {
  const { handlers, removed, changes } = start()
  await handlers['PUT /app/prices/overrides']({ ...rest, query: {}, body: { ...row } })
  expect(changes()).toBe(1)
  const query = { vendor: 'openai', model: 'm' }
  await handlers['DELETE /app/prices/overrides']({ ...rest, query, body: {} })
  expect(removed).toEqual([['openai', 'm', null]])
  expect(changes()).toBe(2)
})
