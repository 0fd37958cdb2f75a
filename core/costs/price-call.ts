import type { PriceRow } from '../contract/prices.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import { findPrice, type PriceSource, type PriceTable, readPriceTable } from './price-table.ts'
import { nanoUsdOf } from './price-usage.ts'

/** Whose prices apply to a provider's models. */
export type Pricing = 'free' | 'unknown' | { vendor: string }

export interface Prices {
  /**
   * What a call cost at a time (milliseconds UTC, now by default). Unknown without a price row, and without usage from
   * the upstream: never zero by default.
   */
  price(pricing: Pricing, model: string, usage: Usage | null, at?: number): Cost
  /** Whether `price` knows a model. */
  covers(pricing: Pricing, model: string): boolean
  /** The table that the person's own prices win over. */
  table(): PriceTable
}

export interface PriceSources {
  readTable?: () => PriceTable
  /** Prices of the person's own. */
  overrides?: PriceSource
}

/** Prices from a table that is read when the first one is asked for, so that a start does not wait for it. */
export function createPrices({ readTable = readPriceTable, overrides }: PriceSources = {}): Prices {
  let read: PriceTable | null = null
  const table = (): PriceTable => {
    read ??= readTable()
    return read
  }
  const find = (vendor: string, model: string, day: string): PriceRow | null =>
    findPrice(overrides ? [overrides, table()] : [table()], vendor, model, day)
  return {
    price(pricing, model, usage, at = Date.now()) {
      if (pricing === 'free') return { kind: 'free' }
      if (pricing === 'unknown' || usage === null) return { kind: 'unknown' }
      const row = find(pricing.vendor, model, dayOf(at))
      const nanoUsd = row && nanoUsdOf(usage, row)
      if (row === null || nanoUsd === null) return { kind: 'unknown' }
      return { kind: 'priced', nanoUsd, source: `${row.source}, ${row.date}` }
    },
    covers: (pricing, model) =>
      pricing === 'free' ||
      (pricing !== 'unknown' && find(pricing.vendor, model, dayOf(Date.now())) !== null),
    table
  }
}

const DAY_MS = 24 * 60 * 60_000
let latest = { number: 0, text: '1970-01-01' }

/** Vendors change their prices at midnight UTC, as far as they say. */
export function dayOf(time: number): string {
  const number = Math.floor(time / DAY_MS)
  // the same for nearly every call
  if (number !== latest.number) latest = { number, text: new Date(time).toISOString().slice(0, 10) }
  return latest.text
}
