import { useResource } from '../../../client/resource.ts'
import { appKeys, providers } from '../../../client/resources.ts'
import type { Names } from './budget-words.ts'

/** Names of app keys and providers; the id of what is no longer there. */
export function useNames(): Names {
  const keys = useResource(appKeys).data ?? []
  const known = useResource(providers).data ?? []
  return {
    key: (id) => keys.find((key) => key.id === id)?.name ?? id,
    provider: (id) => known.find((provider) => provider.id === id)?.name ?? id
  }
}
