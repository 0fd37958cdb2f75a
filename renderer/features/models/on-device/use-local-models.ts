import { useMemo } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { type ResourceState, useResource } from '../../../client/resource.ts'
import { engine, localModels } from '../../../client/resources.ts'
import { withEngine } from './in-memory.ts'

/** The models of this machine, each with whether it is in memory now. */
export function useLocalModels(): ResourceState<LocalModel[]> {
  const { data, error } = useResource(localModels)
  const status = useResource(engine).data
  return useMemo(() => ({ data: data && withEngine(data, status), error }), [data, status, error])
}
