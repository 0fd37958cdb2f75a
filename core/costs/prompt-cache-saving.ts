import type { Cost, Usage } from '../contract/usage.ts'

/**
 * What a vendor's own prompt cache took off the full rate of a call, less what writing to it added, in nano-USD; below
 * zero where writing cost more than reading spared. Null where nothing went through the cache, or the price is unknown.
 */
export function promptCacheSaving(
  usage: Usage | null,
  cost: Cost,
  priceOf: (usage: Usage) => Cost
): number | null {
  if (!usage || cost.kind !== 'priced') return null
  const { cacheRead, cacheWrite5m, cacheWrite1h } = usage.input
  if (cacheRead + cacheWrite5m + cacheWrite1h === 0) return null
  const full = priceOf(withoutPromptCache(usage))
  return full.kind === 'priced' ? full.nanoUsd - cost.nanoUsd : null
}

/** The same tokens, none of them in a cache. */
const withoutPromptCache = (usage: Usage): Usage => ({
  ...usage,
  input: {
    ...usage.input,
    noCache:
      usage.input.noCache + usage.input.cacheRead + usage.input.cacheWrite5m + usage.input.cacheWrite1h,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    ...(usage.input.audioCacheRead === undefined ? {} : { audioCacheRead: 0 })
  }
})
