import { expect, it } from 'vitest'
import type { Rates } from '../../../../core/contract/prices.ts'
import { priceColumns, rateRows, unitRows, validityWords } from './price-words.ts'

const rates: Rates = {
  input: 1_250_000_000,
  cacheRead: 125_000_000,
  cacheWrite5m: 1_250_000_000,
  cacheWrite1h: 1_250_000_000,
  output: 10_000_000_000
}

it('shows the usual rates, those of long prompts, and those of other tiers, each in a column', () => {
  const columns = priceColumns({
    rates,
    steps: [{ aboveInputTokens: 200_000, rates: { ...rates, input: 2_500_000_000 } }],
    tiers: { batch: { rates: { ...rates, reasoning: 5_000_000_000 }, steps: [] } }
  })
  expect(columns.map(({ head }) => head)).toEqual(['Standard', 'over 200,000 tokens', 'Batch'])
  const rows = rateRows(columns)
  expect(rows[0]).toEqual({ label: 'Input', cells: ['$1.25', '$2.50', '$1.25'] })
  expect(rows.at(-1)).toEqual({ label: 'Reasoning', cells: ['–', '–', '$5.00'] })
})

it('names what is charged by the piece, every digit of it', () => {
  expect(unitRows({ webSearch: 10_000_000, second: 100_001 })).toEqual([
    { label: 'A web search', price: '$0.01' },
    { label: 'A second of sound', price: '$0.000100001' }
  ])
})

it('says when a price applies', () => {
  expect(validityWords({ from: null, until: null })).toBeNull()
  expect(validityWords({ from: '2026-03-01', until: null })).toBe('from 2026-03-01')
  expect(validityWords({ from: '2026-03-01', until: '2026-06-01' })).toBe('from 2026-03-01, until 2026-06-01')
})
