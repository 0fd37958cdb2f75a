import type { Cost, Usage } from '../contract/usage.ts'
import { type PriceRow, type PriceTable, type Rates, readPriceTable } from './price-table.ts'

/** Whose prices apply to a provider's models. */
export type Pricing = 'free' | 'unknown' | { vendor: string }

export interface Prices {
  /** What a call cost. Unknown without a price row, and without usage from the upstream: never zero by default. */
  price(pricing: Pricing, model: string, usage: Usage | null): Cost
  /** Whether `price` knows a model. */
  covers(pricing: Pricing, model: string): boolean
}

/** Prices from a table that is read when the first one is asked for, so that a start does not wait for it. */
export function createPrices(readTable: () => PriceTable = readPriceTable): Prices {
  let table: PriceTable | null = null
  const find = (vendor: string, model: string): PriceRow | null => {
    table ??= readTable()
    return table.find(vendor, model)
  }
  return {
    price(pricing, model, usage) {
      if (pricing === 'free') return { kind: 'free' }
      const row = pricing === 'unknown' || usage === null ? null : find(pricing.vendor, model)
      if (row === null || usage === null) return { kind: 'unknown' }
      return { kind: 'priced', nanoUsd: nanoUsdOf(usage, row), source: `${row.source}, ${row.date}` }
    },
    covers: (pricing, model) =>
      pricing === 'free' || (pricing !== 'unknown' && find(pricing.vendor, model) !== null)
  }
}

/**
 * The cost of a call in nano-USD: tokens × rate for each kind of token, each product rounded once to the nearest integer,
 * half away from zero. Reasoning is output and is not charged again.
 */
export function nanoUsdOf({ input, output }: Usage, row: PriceRow): number {
  const rates: Rates =
    row.longContext && input.total > row.longContext.aboveInputTokens ? row.longContext.rates : row.rates
  return (
    component(input.noCache, rates.input) +
    component(input.cacheRead, rates.cacheRead) +
    component(input.cacheWrite5m, rates.cacheWrite5m) +
    component(input.cacheWrite1h, rates.cacheWrite1h) +
    component(output.total, rates.output)
  )
}

/** BigInt, since a million tokens at a high rate is beyond the integers that a number holds exactly. */
function component(tokens: number, ratePerMillion: number): number {
  return Number((BigInt(tokens) * BigInt(ratePerMillion) + 500_000n) / 1_000_000n)
}
