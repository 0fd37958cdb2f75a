import { z } from 'zod'

/** Answers kept to be given again to the same request. */
export const cacheStatsSchema = z.object({
  entries: z.number().int(),
  bytes: z.number().int(),
  hits: z.number().int(),
  misses: z.number().int(),
  /** What the hits would have cost, in nano-USD, as far as prices are known. */
  savedNanoUsd: z.number().int()
})
export type CacheStats = z.infer<typeof cacheStatsSchema>
