import { useMemo } from 'react'
import { groupChoices, type ModelGroup } from './model-options.ts'
import { useResource } from './resource.ts'
import { aliases, models } from './resources.ts'

/** All that can be asked, aliases among it, by group; null until it is known. */
export function useChoices(): ModelGroup[] | null {
  const all = useResource(models).data
  const named = useResource(aliases).data
  return useMemo(() => (all && named ? groupChoices(all, named) : null), [all, named])
}
