import { z } from 'zod'

const count = z.number().int().nonnegative()

/**
 * Tokens of one call in the shape every provider is normalised to.
 * `input.total` includes what was read from and written to the provider's cache;
 * `output.total` includes reasoning.
 */
export const usageSchema = z.object({
  input: z.object({
    total: count,
    noCache: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    /** Of the total: tokens of sound and of pictures, and the sound that came out of the provider's cache. */
    audio: count.optional(),
    audioCacheRead: count.optional(),
    image: count.optional()
  }),
  output: z.object({
    total: count,
    text: count,
    reasoning: count,
    audio: count.optional(),
    image: count.optional()
  }),
  /** The tier it was served in, where the provider says. */
  tier: z.enum(['standard', 'batch', 'flex', 'priority']).optional(),
  /** What is charged by the piece. */
  units: z
    .object({
      webSearches: count.optional(),
      /** Rankings of up to a hundred documents, as Cohere counts them. */
      searchUnits: count.optional(),
      /** How much text a request searched in, where its price goes by that. */
      searchContext: z.enum(['low', 'medium', 'high']).optional(),
      images: count.optional(),
      seconds: z.number().nonnegative().optional(),
      characters: count.optional()
    })
    .optional()
})
export type Usage = z.infer<typeof usageSchema>

/**
 * What a call cost, in integer nano-USD. `unknown`: no price row covers the model, which is never the same as free.
 * `free`: ran on this machine.
 */
export const costSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('priced'),
    nanoUsd: z.number().int().nonnegative(),
    /** Of the price row, and its date. */
    source: z.string()
  }),
  z.object({ kind: z.literal('free') }),
  z.object({ kind: z.literal('unknown') })
])
export type Cost = z.infer<typeof costSchema>
