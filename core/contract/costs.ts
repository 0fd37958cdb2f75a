import { z } from 'zod'
import { costDimensions } from './cost-dimensions.ts'

const nanoUsd = z.number().int()
const count = z.number().int().nonnegative()

const filters = {
  model: z.string().max(300).optional(),
  provider: z.string().max(40).optional(),
  app: z.string().max(80).optional(),
  feature: z.string().max(80).optional(),
  project: z.string().max(80).optional()
}

/** A period in local time; `until` is not part of it. Without both: the month that runs. */
const period = {
  from: z.iso.date().optional(),
  until: z.iso.date().optional()
}

export const costQuerySchema = z.strictObject({
  by: z.enum(costDimensions).default('model'),
  ...period,
  ...filters,
  limit: z.coerce.number().int().min(1).max(1000).default(100)
})
export type CostQuery = z.infer<typeof costQuerySchema>

/** Sums over calls. `nanoUsd` leaves out the calls whose price is unknown; those are counted apart. */
export const costSumSchema = z.object({
  calls: count,
  nanoUsd,
  unknownPriceCalls: count,
  onDeviceCalls: count,
  /** How long this machine computed for them. */
  onDeviceMs: count,
  inputTokens: count,
  cacheReadTokens: count,
  outputTokens: count,
  /** Spared by kept answers. */
  savedNanoUsd: nanoUsd,
  failedCalls: count
})
export type CostSum = z.infer<typeof costSumSchema>

/** What this machine draws while a model answers: as the person says, or the limit its processors keep to. */
export const onDevicePowerSchema = z.object({
  watts: z.number().positive(),
  source: z.enum(['setting', 'processor'])
})
export type OnDevicePower = z.infer<typeof onDevicePowerSchema>

const costRowSchema = costSumSchema.extend({
  /** An estimate, `onDeviceMs` at `onDevicePower`; null without one. Calls at the same time count each for itself. */
  onDeviceWattHours: z.number().nonnegative().nullable()
})

export const costTableSchema = z.object({
  from: z.iso.date(),
  until: z.iso.date(),
  onDevicePower: onDevicePowerSchema.nullable(),
  total: costRowSchema,
  /** Most expensive first; for days, in their order. `key` is null where a call has none (no feature, say). */
  rows: z.array(costRowSchema.extend({ key: z.string().nullable(), label: z.string() }))
})
export type CostTable = z.infer<typeof costTableSchema>

export const costSeriesQuerySchema = z.strictObject({
  by: z.enum(['model', 'provider', 'app', 'feature', 'project']).default('model'),
  bucket: z.enum(['hour', 'day', 'week', 'month']).default('day'),
  ...period,
  ...filters,
  /** The largest so many get a series of their own; the rest is one, `key: null`. */
  series: z.coerce.number().int().min(1).max(12).default(6)
})
export type CostSeriesQuery = z.infer<typeof costSeriesQuerySchema>
export const costSeriesSchema = z.object({
  from: z.iso.date(),
  until: z.iso.date(),
  /** Starts of the buckets, milliseconds UTC. */
  buckets: z.array(z.number().int()),
  series: z.array(z.object({ key: z.string().nullable(), label: z.string(), nanoUsd: z.array(nanoUsd) }))
})
export type CostSeries = z.infer<typeof costSeriesSchema>

/** What the month that runs will come to. Null while there is too little to go by. */
export const forecastSchema = z.object({
  monthStart: z.number().int(),
  spentNanoUsd: nanoUsd,
  expectedNanoUsd: nanoUsd.nullable(),
  /** Nine in ten months end between these. */
  lowNanoUsd: nanoUsd.nullable(),
  highNanoUsd: nanoUsd.nullable(),
  /** What today and each day to come are expected to add to what was spent: together, what is missing to `expectedNanoUsd`. */
  days: z.array(z.object({ start: z.number().int(), nanoUsd })),
  /** How it was worked out, in a sentence. */
  basis: z.string()
})
export type Forecast = z.infer<typeof forecastSchema>

/** What calls of a period would have cost otherwise, by their stored usage. */
export const whatIfRequestSchema = z.strictObject({
  ...period,
  ...filters,
  instead: z.discriminatedUnion('kind', [
    /** `provider/model`. */
    z.object({ kind: z.literal('model'), model: z.string().max(300) }),
    z.object({ kind: z.literal('on-device') }),
    /** Every call that repeats an earlier one, given from the cache. */
    z.object({ kind: z.literal('cached') })
  ])
})
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>
export const whatIfSchema = z.object({
  calls: count,
  /** Calls left out, because their usage or price is unknown. */
  leftOut: count,
  actualNanoUsd: nanoUsd,
  otherwiseNanoUsd: nanoUsd,
  note: z.string().nullable()
})
export type WhatIf = z.infer<typeof whatIfSchema>

export const savingsQuerySchema = z.strictObject(period)
/** Money not spent so far, in the period. */
export const savingsSchema = z.object({
  /** By kept answers. */
  cacheNanoUsd: nanoUsd,
  /** By vendors' own prompt caches, against the full rate, less what writing to them added: it may be below zero. */
  promptCacheNanoUsd: nanoUsd,
  /** Calls on this machine, at the price of the model named in the note; null without one. */
  onDeviceNanoUsd: nanoUsd.nullable(),
  note: z.string().nullable()
})
export type Savings = z.infer<typeof savingsSchema>
export const costCsvQuerySchema = costQuerySchema.omit({ limit: true }).extend({
  /** One line a call in place of sums. */
  calls: z.enum(['true', 'false']).optional()
})
export type CostCsvQuery = z.infer<typeof costCsvQuerySchema>
