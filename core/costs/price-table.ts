import { readFileSync } from 'node:fs'
import { z } from 'zod'

const rate = z.number().int().nonnegative()
/** Nano-USD per million tokens, one rate for each way a token can be used. */
const ratesSchema = z.strictObject({
  input: rate,
  cacheRead: rate,
  cacheWrite5m: rate,
  cacheWrite1h: rate,
  output: rate
})
export type Rates = z.infer<typeof ratesSchema>

const priceRowSchema = z.strictObject({
  vendor: z.string(),
  model: z.string(),
  rates: ratesSchema,
  /** The rates of every token of a call whose input is larger than this. */
  longContext: z.strictObject({ aboveInputTokens: rate, rates: ratesSchema }).optional(),
  source: z.string().min(1),
  date: z.iso.date()
})
export type PriceRow = z.infer<typeof priceRowSchema>

const priceFileSchema = z.strictObject({
  unit: z.literal('nano-USD per million tokens'),
  rows: z.array(priceRowSchema)
})

/** Looks prices up by the vendor's own model id. */
export interface PriceTable {
  /** The row of exactly this model, or of the model that it is a dated version of; null when there is neither. */
  find(vendor: string, model: string): PriceRow | null
}

/** Throws when the rows are not of the table's form, or name a model twice. */
export function parsePriceTable(json: unknown): PriceTable {
  const rows = new Map<string, PriceRow>()
  for (const row of priceFileSchema.parse(json).rows) {
    const key = keyOf(row.vendor, row.model)
    if (rows.has(key)) throw new Error(`two prices for ${key}`)
    rows.set(key, row)
  }
  return {
    find(vendor, model) {
      const name = model.replace(/^models\//, '') // as Google writes its ids
      return (
        rows.get(keyOf(vendor, name)) ??
        rows.get(keyOf(vendor, name.replace(/-(\d{4}-\d\d-\d\d|\d{8})$/, ''))) ??
        null
      )
    }
  }
}

/** The table that comes with Homeport. */
export function readPriceTable(): PriceTable {
  // two folders up from core/costs/ as well as from the built out/main/
  const file = new URL('../../resources/prices/prices.json', import.meta.url)
  return parsePriceTable(JSON.parse(readFileSync(file, 'utf8')))
}

const keyOf = (vendor: string, model: string): string => `${vendor} ${model}`
