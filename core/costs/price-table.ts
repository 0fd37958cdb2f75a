import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type PriceRow, priceRowSchema } from '../contract/prices.ts'

const fileRowSchema = priceRowSchema.omit({ vendor: true })
const priceFileSchema = z.strictObject({
  unit: z.literal('nano-USD per million tokens, nano-USD a piece'),
  vendors: z.record(z.string(), z.array(z.unknown()))
})

/** Looks prices up by the vendor's own model id. */
export interface PriceTable {
  readonly vendors: readonly string[]
  /** A vendor's rows, in the table's order; throws when they are not of its form, or have two prices for one day. */
  rowsOf(vendor: string): readonly PriceRow[]
  /**
   * The row that holds on a day (`YYYY-MM-DD`, UTC) for exactly this model, or for the one that it is a version of; null
   * when there is neither.
   */
  find(vendor: string, model: string, day: string): PriceRow | null
}

/** Rows of one vendor are checked when somebody first asks for them: all at once would hold up who is being answered. */
export function parsePriceTable(json: unknown): PriceTable {
  const { vendors } = priceFileSchema.parse(json)
  const unread = new Map(Object.entries(vendors))
  const read = new Map<string, PriceIndex>()
  const indexOf = (vendor: string): PriceIndex | null => {
    const rows = unread.get(vendor)
    if (rows) {
      read.set(vendor, new PriceIndex(rows.map((row) => ({ vendor, ...fileRowSchema.parse(row) }))))
      unread.delete(vendor)
    }
    return read.get(vendor) ?? null
  }
  return {
    vendors: Object.keys(vendors),
    rowsOf: (vendor) => indexOf(vendor)?.rows ?? [],
    find: (vendor, model, day) => indexOf(vendor)?.find(model, day) ?? null
  }
}

/** Rows of one vendor by model and day. Throws where two of them hold on the same day. */
export class PriceIndex {
  readonly rows: readonly PriceRow[]
  readonly #byModel = new Map<string, PriceRow[]>()

  constructor(rows: readonly PriceRow[]) {
    this.rows = rows
    for (const row of rows) {
      const others = this.#byModel.get(row.model) ?? []
      if (others.some((other) => overlap(row, other)))
        throw new Error(`two prices for ${row.vendor} ${row.model}`)
      this.#byModel.set(row.model, [...others, row])
    }
  }

  find(model: string, day: string): PriceRow | null {
    for (const name of namesOf(model)) {
      const rows = this.#byModel.get(name)
      if (rows) return rows.find((row) => holdsOn(row, day)) ?? null
    }
    return null
  }
}

/** The table that comes with Homeport. */
export function readPriceTable(): PriceTable {
  // two folders up from core/costs/ as well as from the built out/main/
  const file = new URL('../../resources/prices/prices.json', import.meta.url)
  return parsePriceTable(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * What a model may be listed as, the most exact first: its id; a fine-tuned model of OpenAI's without its owner
 * (`ft:gpt-4o-mini-2024-07-18:org::id`); and without the date, or Google's number, of a version.
 */
function namesOf(model: string): string[] {
  const id = model.replace(/^models\//, '') // as Google writes its ids
  const name = id.replace(/^(ft:[^:]+):.*$/, '$1')
  return [id, name, name.replace(/-(\d{4}-\d\d-\d\d|\d{8}|00\d)$/, '')]
}

const holdsOn = ({ from, until }: PriceRow, day: string): boolean =>
  (from === null || from <= day) && (until === null || day < until)

/** Days as text keep their order, and the empty text comes before all of them. */
const overlap = (one: PriceRow, other: PriceRow): boolean =>
  (one.from ?? '') < (other.until ?? '9999') && (other.from ?? '') < (one.until ?? '9999')
