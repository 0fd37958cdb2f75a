import type { Model } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { models, providerKinds, providers } from '../../client/resources.ts'
import { askableModels } from './askable-models.ts'

/** What can be proposed; null until it is known. */
export function useAskableModels(): Model[] | null {
  const all = useResource(models).data
  const added = useResource(providers).data
  const kinds = useResource(providerKinds)
  if (all === null || added === null || (kinds.data === null && kinds.error === null)) return null
  return askableModels(all, added, kinds.data ?? [])
}
