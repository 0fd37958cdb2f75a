import type { Usage } from '../contract/usage.ts'

/** Usage in the normalised shape; what is not given is zero, the totals are sums. */
export function usageOf(counts: {
  noCache?: number
  cacheRead?: number
  cacheWrite5m?: number
  cacheWrite1h?: number
  text?: number
  reasoning?: number
}): Usage {
  const { noCache = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, text = 0, reasoning = 0 } = counts
  return {
    input: {
      total: noCache + cacheRead + cacheWrite5m + cacheWrite1h,
      noCache,
      cacheRead,
      cacheWrite5m,
      cacheWrite1h
    },
    output: { total: text + reasoning, text, reasoning }
  }
}
