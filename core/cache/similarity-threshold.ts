import { type CacheSettings, DEFAULT_SIMILARITY } from '../contract/settings.ts'

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
  return asked || semantic?.enabled ? (semantic?.threshold ?? DEFAULT_SIMILARITY) : null
}
