import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { openStore } from '../store/open-store.ts'
import { usageOf } from './costs.test-support.ts'
import { browsePrices } from './price-browser.ts'
import { createPrices } from './price-call.ts'
import { openPriceOverrides, type PriceOverride } from './price-overrides.ts'

const isProvider = (id: string): boolean => id === 'my-server'

async function openTestOverrides() {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-prices-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  return { store, overrides: openPriceOverrides({ store, isProvider }) }
}

const override = (changed: Partial<PriceOverride> = {}): PriceOverride => ({
  vendor: 'openai',
  model: 'gpt-4o',
  rates: { input: 7, cacheRead: 7, cacheWrite5m: 7, cacheWrite1h: 7, output: 7_000_000_000 },
  units: {},
  from: null,
  until: null,
  ...changed
})

const pricing = { vendor: 'openai' }
const usage = usageOf({ text: 1000 })
const today = new Date().toISOString().slice(0, 10)

test('a price of the person’s own wins at once, also for versions of the model, and is named as theirs', async () => {
  const { overrides } = await openTestOverrides()
  const prices = createPrices({ overrides })
  expect(prices.price(pricing, 'gpt-4o', usage)).toMatchObject({ nanoUsd: 10_000_000 })
  await overrides.save(override())
  const theirs = { kind: 'priced', nanoUsd: 7_000_000, source: `you, ${today}` }
  expect(prices.price(pricing, 'gpt-4o', usage)).toEqual(theirs)
  expect(prices.price(pricing, 'gpt-4o-2024-11-20', usage)).toEqual(theirs)
  await overrides.remove('openai', 'gpt-4o', null)
  expect(prices.price(pricing, 'gpt-4o', usage)).toMatchObject({ nanoUsd: 10_000_000 })
})

test('a version that the table has a price of its own for keeps it', async () => {
  const { overrides } = await openTestOverrides()
  await overrides.save(override())
  const prices = createPrices({ overrides })
  // 1,000 × $15/M
  expect(prices.price(pricing, 'gpt-4o-2024-05-13', usage)).toMatchObject({ nanoUsd: 15_000_000 })
})

test('gives a price to a model that the table does not have', async () => {
  const { overrides } = await openTestOverrides()
  const prices = createPrices({ overrides })
  expect(prices.covers(pricing, 'my-own')).toBe(false)
  await overrides.save(override({ model: 'my-own', units: { request: 5 } }))
  expect(prices.price(pricing, 'my-own', usage)).toMatchObject({ nanoUsd: 7_000_005 })
})

test('gives prices to a provider of the person’s own, whatever vendor has the same name', async () => {
  const { overrides } = await openTestOverrides()
  const prices = createPrices({ overrides })
  const own = { vendor: 'provider/my-server' }
  expect(prices.price(own, 'gpt-4o', usage)).toEqual({ kind: 'unknown' })
  await overrides.save(override({ ...own, model: 'gpt-4o' }))
  expect(prices.price(own, 'gpt-4o', usage)).toMatchObject({ nanoUsd: 7_000_000 })
  expect(prices.price(pricing, 'gpt-4o', usage)).toMatchObject({ nanoUsd: 10_000_000 })
  await expect(overrides.save(override({ vendor: 'provider/nobodys' }))).rejects.toMatchObject({
    param: 'vendor'
  })
})

test('a price of nothing is a price', async () => {
  const { overrides } = await openTestOverrides()
  const rates = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 }
  await overrides.save(override({ rates }))
  expect(createPrices({ overrides }).price(pricing, 'gpt-4o', usage)).toMatchObject({ nanoUsd: 0 })
})

test('holds for calls of its days only', async () => {
  const { overrides } = await openTestOverrides()
  await overrides.save(override({ from: '2026-03-01', until: '2026-04-01' }))
  const prices = createPrices({ overrides })
  const on = (time: string) => prices.price(pricing, 'gpt-4o', usage, Date.parse(time))
  expect(on('2026-02-28T23:59:59.999Z')).toMatchObject({ nanoUsd: 10_000_000 })
  expect(on('2026-03-01T00:00:00.000Z')).toMatchObject({ nanoUsd: 7_000_000 })
  expect(on('2026-04-01T00:00:00.000Z')).toMatchObject({ nanoUsd: 10_000_000 })
})

test('keeps one price for a model and first day, through a restart', async () => {
  const { store, overrides } = await openTestOverrides()
  await overrides.save(override({ units: { request: 1 } }))
  await overrides.save(override({ units: { request: 2 }, until: '2030-01-01' }))
  await overrides.save(override({ from: '2026-05-01' }))
  const base = { steps: [], tiers: {}, source: 'you', date: today }
  expect(openPriceOverrides({ store, isProvider }).list()).toEqual([
    { ...override({ units: { request: 2 }, until: '2030-01-01' }), ...base },
    { ...override({ from: '2026-05-01' }), ...base }
  ])
})

test('refuses a vendor that no provider has, and days that end before they begin', async () => {
  const { overrides } = await openTestOverrides()
  const refusal = (param: string) => expect.objectContaining({ code: 'bad-request', param })
  await expect(overrides.save(override({ vendor: 'opnai' }))).rejects.toEqual(refusal('vendor'))
  await expect(overrides.save(override({ model: ' ' }))).rejects.toEqual(refusal('model'))
  const backwards = override({ from: '2026-05-01', until: '2026-05-01' })
  await expect(overrides.save(backwards)).rejects.toEqual(refusal('until'))
  await expect(overrides.remove('openai', 'gpt-4o', null)).rejects.toMatchObject({ code: 'not-found' })
  expect(overrides.list()).toEqual([])
})

test('browses the table with the person’s own prices first, by words in any order', async () => {
  const { overrides } = await openTestOverrides()
  await overrides.save(override())
  const browse = (query: object) =>
    browsePrices({ limit: 100, offset: 0, ...query }, createPrices().table(), overrides)
  const found = browse({ search: '4O openai', limit: 2 })
  expect(found.rows).toMatchObject([{ model: 'gpt-4o', source: 'you' }, { vendor: 'openai' }])
  expect(found.rows[1]?.source).not.toBe('you')
  expect(found.vendors.map(({ vendor }) => vendor)).toEqual(['openai', 'openrouter'])
  expect(found.total).toBe(found.vendors.reduce((sum, { rows }) => sum + rows, 0))
  const chosen = browse({ search: '4o openai', vendor: 'openrouter' })
  expect(new Set(chosen.rows.map(({ vendor }) => vendor))).toEqual(new Set(['openrouter']))
  expect(chosen.vendors).toEqual(found.vendors)
  expect(browse({ search: '4o openai', offset: 1, limit: 1 }).rows).toEqual(found.rows.slice(1))
})
