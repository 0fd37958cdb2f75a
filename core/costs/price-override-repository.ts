import { z } from 'zod'
import { type PriceRow, ratesSchema, unitPricesSchema } from '../contract/prices.ts'
import type { Reader, Writer } from '../store/store.ts'

interface OverrideRow {
  vendor: string
  model: string
  from_day: string
  until_day: string | null
  rates: string
  units: string
  set_on: string
}

const jsonOf = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)
const storedRates = jsonOf(ratesSchema)
const storedUnits = jsonOf(unitPricesSchema)

const toPriceRow = (row: OverrideRow): PriceRow => ({
  vendor: row.vendor,
  model: row.model,
  rates: storedRates.parse(row.rates),
  steps: [],
  tiers: {},
  units: storedUnits.parse(row.units),
  from: row.from_day === '' ? null : row.from_day,
  until: row.until_day,
  source: 'you',
  date: row.set_on
})

/** The table `price_overrides`. */
export class PriceOverrideRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  list(): PriceRow[] {
    return this.#store.homeport
      .all<OverrideRow>('SELECT * FROM price_overrides ORDER BY vendor, model, from_day')
      .map(toPriceRow)
  }

  /** Replaces the one of the same model and first day. */
  async save(row: PriceRow): Promise<void> {
    await this.#store.write('homeport', [
      {
        sql: `INSERT INTO price_overrides (vendor, model, from_day, until_day, rates, units, set_on)
              VALUES (?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (vendor, model, from_day) DO UPDATE SET
                until_day = excluded.until_day, rates = excluded.rates, units = excluded.units,
                set_on = excluded.set_on`,
        params: [
          row.vendor,
          row.model,
          row.from ?? '',
          row.until,
          JSON.stringify(row.rates),
          JSON.stringify(row.units),
          row.date
        ]
      }
    ])
  }

  /** Whether there was one. */
  async delete(vendor: string, model: string, from: string | null): Promise<boolean> {
    const [result] = await this.#store.write('homeport', [
      {
        sql: 'DELETE FROM price_overrides WHERE vendor = ? AND model = ? AND from_day = ?',
        params: [vendor, model, from ?? '']
      }
    ])
    return (result?.changes ?? 0) > 0
  }
}
