import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type PriceRow, priceRowSchema } from '../contract/prices.ts'

const fileRowSchema = priceRowSchema.omit({ vendor: true })
/** A row as it stands in the file, of which only the name was looked at. */
const unreadRowSchema = z.custom<{ model: string }>((row) => typeof Object(row).model === 'string')
const priceFileSchema = z.strictObject({
  unit: z.literal('nano-USD per million tokens, nano-USD a piece'),
  vendors: z.record(z.string(), z.array(unreadRowSchema))
})

/** Has prices of models by their exact ids. */
export interface PriceSource {
  /** The row that holds on a day, `YYYY-MM-DD` UTC: of several, the one that began last. */
  find(vendor: string, model: string, day: string): PriceRow | null
}

/** One row of the table, which is checked when it is read. */
export interface PriceEntry {
  vendor: string
  model: string
  /** Throws when the row is not of the table's form. */
  read(): PriceRow
}

export interface PriceTable extends PriceSource {
  readonly vendors: readonly string[]
  /** By vendor, in the table's order. */
  readonly entries: readonly PriceEntry[]
}

/** Rows are checked as they are read: all at once would hold up who is being answered. */
export function parsePriceTable(json: unknown): PriceTable {
  const { vendors } = priceFileSchema.parse(json)
  const entries = Object.entries(vendors).flatMap(([vendor, rows]) =>
    rows.map((row) => ({
      vendor,
      model: row.model,
      read: (): PriceRow => ({ vendor, ...fileRowSchema.parse(row) })
    }))
  )
  const unread = Map.groupBy(entries, ({ vendor, model }) => keyOf(vendor, model))
  const read = new Map<string, PriceIndex>()
  const indexOf = (key: string): PriceIndex | undefined => {
    const rows = unread.get(key)
    if (rows) {
      read.set(key, new PriceIndex(rows.map((entry) => entry.read())))
      unread.delete(key)
    }
    return read.get(key)
  }
  return {
    vendors: Object.keys(vendors),
    entries,
    find: (vendor, model, day) => indexOf(keyOf(vendor, model))?.find(model, day) ?? null
  }
}

/** Rows by model and day. Throws where two of one model begin on the same day. */
export class PriceIndex {
  readonly #byModel = new Map<string, PriceRow[]>()

  constructor(rows: readonly PriceRow[]) {
    for (const row of rows) {
      const others = this.#byModel.get(row.model) ?? []
      if (others.some(({ from }) => from === row.from))
        throw new Error(`two prices for ${row.vendor} ${row.model}`)
      this.#byModel.set(row.model, [...others, row].sort(latestFirst))
    }
  }

  find(model: string, day: string): PriceRow | null {
    return this.#byModel.get(model)?.find((row) => holdsOn(row, day)) ?? null
  }
}

/** The table that comes with Homeport. */
export function readPriceTable(): PriceTable {
  // two folders up from core/costs/ as well as from the built out/main/
  const file = new URL('../../resources/prices/prices.json', import.meta.url)
  return parsePriceTable(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * The price of a model, or of the one that it is a version of. The most exact name decides; for one name, the first source
 * that has a price.
 */
export function findPrice(
  sources: readonly PriceSource[],
  vendor: string,
  model: string,
  day: string
): PriceRow | null {
  for (const name of namesOf(model)) {
    for (const source of sources) {
      const row = source.find(vendor, name, day)
      if (row) return row
    }
  }
  return null
}

/**
 * What a model may be listed as, the most exact first: its id; a fine-tuned model of OpenAI's without its owner
 * (`ft:gpt-4o-mini-2024-07-18:org::id`); and without the date, or Google's number, of a version.
 */
function* namesOf(model: string): Generator<string> {
  const id = model.startsWith('models/') ? model.slice('models/'.length) : model // as Google writes its ids
  yield id
  const name = id.startsWith('ft:') ? id.replace(/^(ft:[^:]+):.*$/, '$1') : id
  if (name !== id) yield name
  const unversioned = name.replace(/-(\d{4}-\d\d-\d\d|\d{8}|00\d)$/, '')
  if (unversioned !== name) yield unversioned
}

const keyOf = (vendor: string, model: string): string => `${vendor} ${model}`

const holdsOn = ({ from, until }: PriceRow, day: string): boolean =>
  (from === null || from <= day) && (until === null || day < until)

/** Days as text keep their order, and the empty text comes before all of them. */
const latestFirst = (one: PriceRow, other: PriceRow): number =>
  (one.from ?? '') < (other.from ?? '') ? 1 : -1
