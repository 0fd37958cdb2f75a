import { EVERYTHING } from '../../../core/contract/knowledge-scopes.ts'
import { useResource } from '../resource.ts'
import { sources } from '../resources.ts'
import { addScope, removeScope, scopeWords } from './scopes.ts'

export interface ScopeOption {
  scope: string
  label: string
  chosen: boolean
  /** All scopes as they are after this one was chosen, or chosen no longer. */
  toggled: string[]
}

/** What answers can be looked up in: everything, each source, and the folders and tags that are chosen now. */
export function useScopeOptions(scopes: readonly string[]): ScopeOption[] {
  const all = useResource(sources).data ?? []
  const offered = [EVERYTHING, ...all.map(({ id }) => id)]
  return [...offered, ...scopes.filter((scope) => !offered.includes(scope))].map((scope) => {
    const chosen = scopes.includes(scope)
    const toggled = chosen ? removeScope(scopes, scope) : addScope(scopes, scope)
    return { scope, label: scopeWords(scope, all), chosen, toggled }
  })
}
