import type { z } from 'zod'
import type { PriceRow, pricePageSchema, priceQuerySchema } from '../contract/prices.ts'
import type { PriceOverrides } from './price-overrides.ts'
import type { PriceTable } from './price-table.ts'

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
  const matches = (row: PriceRow): boolean => {
    const text = `${row.vendor} ${row.model}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const found = [...overrides.list(), ...table.vendors.flatMap((name) => table.rowsOf(name))].filter(matches)
  const rows = vendor === undefined ? found : found.filter((row) => row.vendor === vendor)
  return {
    rows: rows.slice(offset, offset + limit),
    total: rows.length,
    vendors: [...Map.groupBy(found, (row) => row.vendor)].map(([name, of]) => ({
      vendor: name,
      rows: of.length
    }))
  }
}
