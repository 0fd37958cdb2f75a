import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PriceRow } from '../contract/prices.ts'
import { pricingVendors } from '../contract/pricing-vendors.ts'
import { findPrice, parsePriceTable, readPriceTable } from './price-table.ts'

const file = new URL('../../resources/prices/prices.json', import.meta.url)
const unit = 'nano-USD per million tokens, nano-USD a piece'
const shipped = readPriceTable()
const allRows = shipped.entries.map((entry) => entry.read())
const rates = { input: 2, cacheRead: 1, cacheWrite5m: 2, cacheWrite1h: 2, output: 3 }
const row = { model: 'm', rates, source: 'test', date: '2026-01-01' }
const tableOf = (...rows: unknown[]) => parsePriceTable({ unit, vendors: { v: rows } })

test('the table that comes with Homeport covers more than 500 models, with rates that make sense', () => {
  expect(allRows.length).toBeGreaterThan(500)
  for (const { vendor, model, units, tiers, ...standard } of allRows) {
    const name = `${vendor}/${model}`
    const perToken = [standard, ...Object.values(tiers)].flatMap((of) => [
      of.rates,
      ...of.steps.map((step) => step.rates)
    ])
    for (const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } of perToken) {
      // between a tenth of a cent and 1,000 dollars per million: outside, a unit was mixed up
      if (Object.keys(units).length === 0) expect(input, name).toBeGreaterThanOrEqual(1_000_000)
      expect(output, name).toBeLessThanOrEqual(1_000_000_000_000)
      expect(cacheRead, name).toBeLessThanOrEqual(input)
      expect(cacheWrite5m, name).toBeGreaterThanOrEqual(input)
      expect(cacheWrite1h, name).toBeGreaterThanOrEqual(cacheWrite5m)
    }
    expect(tiers.priority?.rates.input ?? Infinity, name).toBeGreaterThan(standard.rates.input)
    expect(tiers.batch?.rates.input ?? -1, name).toBeLessThan(standard.rates.input)
    expect(tiers.flex?.rates.input ?? -1, name).toBeLessThan(standard.rates.input)
    expect(new Date(standard.date).getTime(), name).toBeGreaterThan(Date.parse('2026-07-01'))
  }
})

test('says where each price was found, and where the sources do not agree', () => {
  expect(new Set(allRows.map(({ source }) => source))).toEqual(new Set(['models.dev', 'LiteLLM']))
  expect(shipped.find('deepseek', 'deepseek-chat', '2026-08-01')?.disagreement).toBe(
    'LiteLLM has input $0.28, output $0.42, cacheRead $0.028'
  )
})

test('has prices of every vendor that can be chosen, and of no other', () => {
  expect(shipped.vendors.toSorted()).toEqual(pricingVendors.toSorted())
})

test('stands in its file with one row a line, so that a changed price is one changed line', () => {
  const lines = readFileSync(file, 'utf8').split('\n')
  expect(lines.filter((line) => line.includes('"model":'))).toHaveLength(allRows.length)
})

test.each([
  ['a fraction of a nano-dollar', { rates: { ...rates, input: 0.5 } }],
  ['a missing rate', { rates: { ...rates, output: undefined } }],
  ['a negative rate', { rates: { ...rates, output: -1 } }],
  ['no source', { source: '' }],
  ['a date that is none', { date: '2026-13-45' }],
  ['a tier that nobody has', { tiers: { turbo: { rates } } }],
  ['a misspelt field', { longContex: {} }]
])('refuses a row with %s', (_, change) => {
  expect(() => tableOf({ ...row, ...change }).find('v', 'm', '2026-08-01')).toThrow()
})

test('refuses two prices of one model that begin on the same day', () => {
  expect(() => tableOf(row, row).find('v', 'm', '2026-08-01')).toThrow('two prices')
  expect(() => allRows.map(({ vendor, model }) => shipped.find(vendor, model, '2026-08-01'))).not.toThrow()
})

test('finds the price that holds on the day: from its first day to the one before its last, the latest of several', () => {
  const table = tableOf(
    { ...row, from: '2026-01-01', until: '2026-03-05' },
    { ...row, from: '2026-03-01', until: '2026-04-01', rates: { ...rates, input: 9 } }
  )
  const inputOn = (day: string) => table.find('v', 'm', day)?.rates.input
  const days = ['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
  expect(days.map(inputOn)).toEqual([undefined, 2, 2, 9, 9, undefined])
})

test('finds a version by the name of its model, unless it has a price of its own', () => {
  const named = (model: string, input: number): Partial<PriceRow> => ({
    ...row,
    model,
    rates: { ...rates, input }
  })
  const table = tableOf(named('gpt-9', 10), named('gpt-9-2026-05-05', 20), named('ft:gpt-9-2026-05-05', 30))
  const inputOf = (model: string) => findPrice([table], 'v', model, '2026-08-01')?.rates.input
  expect(inputOf('gpt-9-2026-01-01')).toBe(10)
  expect(inputOf('gpt-9-20260101')).toBe(10)
  expect(inputOf('models/gpt-9-001')).toBe(10)
  expect(inputOf('gpt-9-2026-05-05')).toBe(20)
  expect(inputOf('ft:gpt-9-2026-05-05:me:mine:abc')).toBe(30)
  expect(inputOf('gpt-9-audio')).toBeUndefined()
  expect(inputOf('ft:gpt-8:me::abc')).toBeUndefined()
})
