import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pricingVendors } from '../contract/pricing-vendors.ts'
import { type PriceRow, parsePriceTable } from './price-table.ts'

const file = new URL('../../resources/prices/prices.json', import.meta.url)
const table = JSON.parse(readFileSync(file, 'utf8')) as { unit: string; rows: PriceRow[] }
const row = table.rows[0]

test('the table that comes with Homeport has the form it should, and rates that make sense', () => {
  parsePriceTable(table)
  for (const { vendor, model, rates, longContext } of table.rows) {
    const name = `${vendor}/${model}`
    for (const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } of [
      rates,
      longContext?.rates ?? rates
    ]) {
      // between a tenth of a cent and 1,000 dollars per million: outside, a unit was mixed up
      expect(input, name).toBeGreaterThanOrEqual(1_000_000)
      expect(output, name).toBeLessThanOrEqual(1_000_000_000_000)
      expect(cacheRead, name).toBeGreaterThan(0)
      expect(cacheRead, name).toBeLessThanOrEqual(input)
      expect(cacheWrite5m, name).toBeGreaterThanOrEqual(input)
      expect(cacheWrite1h, name).toBeGreaterThanOrEqual(cacheWrite5m)
    }
  }
})

test('has prices of every vendor that can be chosen, and of no other', () => {
  const vendors = new Set(table.rows.map(({ vendor }) => vendor))
  expect([...vendors].toSorted()).toEqual(pricingVendors.toSorted())
})

test.each([
  ['a fraction of a nano-dollar', { rates: { ...row?.rates, input: 0.5 } }],
  ['a missing rate', { rates: { ...row?.rates, output: undefined } }],
  ['a negative rate', { rates: { ...row?.rates, output: -1 } }],
  ['no source', { source: '' }],
  ['a date that is none', { date: '2026-13-45' }],
  ['a misspelt field', { longContex: {} }]
])('refuses a row with %s', (_, change) => {
  expect(() => parsePriceTable({ ...table, rows: [{ ...row, ...change }] })).toThrow()
})

test('refuses two prices for one model', () => {
  expect(() => parsePriceTable({ ...table, rows: [row, row] })).toThrow('two prices')
})
