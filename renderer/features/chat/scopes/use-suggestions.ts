import { useEffect, useState } from 'react'
import { daemon } from '../../../client/daemon.ts'
import {
  type FindParts,
  MOST_SUGGESTIONS,
  type ScopeSuggestion,
  suggestScopes,
  suggestSources
} from '../../../client/knowledge/scope-suggestions.ts'
import { useResource } from '../../../client/resource.ts'
import { sources } from '../../../client/resources.ts'

const none: ScopeSuggestion[] = []
/** Folders and tags are asked for when typing pauses. Milliseconds. */
const PAUSE = 120

const findParts: FindParts = (id, letters) =>
  daemon.invoke('GET /app/knowledge/sources/:id/parts', {
    params: { id },
    query: { search: letters, limit: MOST_SUGGESTIONS }
  })

/** What can be meant by these letters; null: nothing is being typed. Sources come at once, the rest a moment later. */
export function useSuggestions(typed: string | null): ScopeSuggestion[] {
  const all = useResource(sources).data
  const [found, setFound] = useState(none)
  useEffect(() => {
    if (typed === null || all === null) return setFound(none)
    let current = true
    setFound(suggestSources(typed, all))
    const timer = setTimeout(() => {
      // without an answer the sources stay: it is a help, not a step on the way
      suggestScopes(findParts, typed, all).then(
        (more) => current && setFound(more),
        () => undefined
      )
    }, PAUSE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [typed, all])
  return found
}
