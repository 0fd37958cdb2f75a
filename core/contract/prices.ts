import { z } from 'zod'

const rate = z.number().int().nonnegative()

/** Nano-USD per million tokens, one rate for each way a token can be used. What is absent costs what `falls back` says. */
export const ratesSchema = z.strictObject({
  input: rate,
  cacheRead: rate,
  cacheWrite5m: rate,
  cacheWrite1h: rate,
  output: rate,
  /** Tokens of sound in the prompt; falls back to `input`. */
  inputAudio: rate.optional(),
  /** The same out of the vendor's cache; falls back to `cacheRead`. */
  audioCacheRead: rate.optional(),
  /** Tokens of pictures in the prompt; falls back to `input`. */
  inputImage: rate.optional(),
  /** Falls back to `output`, as all below. */
  outputAudio: rate.optional(),
  outputImage: rate.optional(),
  reasoning: rate.optional()
})
export type Rates = z.infer<typeof ratesSchema>

/** How fast, and when, a vendor promises to answer. */
export const serviceTiers = ['standard', 'batch', 'flex', 'priority'] as const

/** What is charged by the piece, in nano-USD. */
export const unitPricesSchema = z.strictObject({
  request: rate.optional(),
  /** One that searched in more, or much more, text; falls back to `request`. */
  requestMediumContext: rate.optional(),
  requestHighContext: rate.optional(),
  webSearch: rate.optional(),
  /** A ranking of up to a hundred documents. */
  searchUnit: rate.optional(),
  /** A picture made. */
  image: rate.optional(),
  /** A second of sound read or made. */
  second: rate.optional(),
  /** A million characters spoken. */
  millionCharacters: rate.optional()
})

export const priceRowSchema = z.strictObject({
  vendor: z.string(),
  model: z.string(),
  rates: ratesSchema,
  /** Other rates above so many input tokens, of every token of the call; largest step that applies. */
  steps: z.array(z.strictObject({ aboveInputTokens: rate, rates: ratesSchema })).default([]),
  /** Tiers that have rates of their own. One that has none costs what the standard does. */
  tiers: z
    .partialRecord(
      z.enum(serviceTiers),
      z.strictObject({
        rates: ratesSchema,
        steps: z.array(z.strictObject({ aboveInputTokens: rate, rates: ratesSchema })).default([])
      })
    )
    .default({}),
  units: unitPricesSchema.default({}),
  /** The first day the row applies to, UTC; null: always did. */
  from: z.iso.date().nullable().default(null),
  /** The day it applies to no more. */
  until: z.iso.date().nullable().default(null),
  /** Where it was found, and when. `you`: set by the person. */
  source: z.string().min(1),
  date: z.iso.date(),
  /** What other sources say, where they do not agree. */
  disagreement: z.string().optional()
})
export type PriceRow = z.infer<typeof priceRowSchema>

export const priceQuerySchema = z.strictObject({
  search: z.string().max(200).optional(),
  vendor: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0)
})
export const pricePageSchema = z.object({
  rows: z.array(priceRowSchema),
  total: z.number().int(),
  vendors: z.array(z.object({ vendor: z.string(), rows: z.number().int() }))
})

/** A price of the person's own; it wins over the table. */
export const priceOverrideSchema = priceRowSchema.pick({
  vendor: true,
  model: true,
  rates: true,
  units: true,
  from: true,
  until: true
})
/** What booking anew by today's prices would change. The old figures stay beside the new ones. */
export const recomputationSchema = z.object({
  calls: z.number().int(),
  changed: z.number().int(),
  bookedNanoUsd: z.number().int(),
  correctedNanoUsd: z.number().int()
})
