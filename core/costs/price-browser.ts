import type { z } from 'zod'
import type { pricePageSchema, priceQuerySchema } from '../contract/prices.ts'
import type { PriceOverrides } from './price-overrides.ts'
import type { PriceEntry, PriceTable } from './price-table.ts'

export type PriceQuery = z.output<typeof priceQuerySchema>
export type PricePage = z.output<typeof pricePageSchema>

/**
 * A page of all prices, the person's own before those of the table, which they do not hide. `vendors` counts what the
 * search finds at each, whichever vendor is chosen.
 */
export function browsePrices(
  { search = '', vendor, limit, offset }: PriceQuery,
  table: PriceTable,
  overrides: Pick<PriceOverrides, 'list'>
): PricePage {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = (entry: Pick<PriceEntry, 'vendor' | 'model'>): boolean => {
    const text = `${entry.vendor} ${entry.model}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const own = overrides.list().map((row) => ({ vendor: row.vendor, model: row.model, read: () => row }))
  const found = [...own, ...table.entries].filter(matches)
  const chosen = vendor === undefined ? found : found.filter((entry) => entry.vendor === vendor)
  return {
    rows: chosen.slice(offset, offset + limit).map((entry) => entry.read()),
    total: chosen.length,
    vendors: [...Map.groupBy(found, (entry) => entry.vendor)].map(([name, entries]) => ({
      vendor: name,
      rows: entries.length
    }))
  }
}
