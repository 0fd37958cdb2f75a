import type { Source } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { closest } from './closest.ts'

/** By id, or by a name that only one has. Throws `not-found`, naming what was probably meant. */
export function findSource(sources: readonly Source[], typed: string): Source {
  const byId = sources.find(({ id }) => id === typed)
  if (byId) return byId
  const named = sources.filter(({ name }) => name === typed)
  const [only] = named
  if (only && named.length === 1) return only
  const meant = closest(
    typed,
    sources.map(({ id }) => id)
  )
  throw new HomeportError(
    'not-found',
    named.length > 1 ? `${named.length} sources are named "${typed}"` : `There is no source "${typed}"`,
    { action: meant === null ? 'Give an id, as shown by: homeport vault list' : `Did you mean ${meant}?` }
  )
}
