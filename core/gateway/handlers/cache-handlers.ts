import type { CacheStats } from '../../contract/cache.ts'
import type { AppHandlers } from '../app-handlers.ts'

type CacheRoutes = Extract<keyof AppHandlers, `${string} /app/cache`>

/** The kept answers, as the control API needs them. */
export interface CacheParts {
  size(): Pick<CacheStats, 'entries' | 'bytes'>
  savings(): Pick<CacheStats, 'hits' | 'misses' | 'savedNanoUsd'>
  clear(): Promise<void>
}

/** `/app/cache`. */
export function cacheHandlers(cache: CacheParts): Pick<AppHandlers, CacheRoutes> {
  return {
    'GET /app/cache': async () => ({ ...cache.size(), ...cache.savings() }),
    'DELETE /app/cache': async () => {
      await cache.clear()
      return { ok: true }
    }
  }
}
