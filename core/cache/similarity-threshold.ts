import type { CacheSettings } from '../contract/settings.ts'

/** Where nobody set one: what passes it and asks the same in words was never another question (`bench:semantic-cache`). */
export const DEFAULT_THRESHOLD = 0.8

/**
 * From which likeness on an app key gets the answer to another question; null: never. `asked`: what the client says of it,
 * over what is set for all; the person may rule it out for a key, and then it stays out.
 */
export function similarityThreshold(
  { semantic }: CacheSettings,
  appKeyId: string,
  asked: boolean | null
): number | null {
  const own = semantic?.keys?.[appKeyId]
  if (own === null || asked === false) return null
  if (own !== undefined) return own
  return asked || semantic?.enabled ? (semantic?.threshold ?? DEFAULT_THRESHOLD) : null
}
