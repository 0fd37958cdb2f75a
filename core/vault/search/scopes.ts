import type { KnowledgeScope } from '../../contract/knowledge.ts'
import { isWithin, readScope } from '../../contract/knowledge-scopes.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

/** Where in one source is searched. */
export type SourceScope = KnowledgeScope & { sourceId: string }

/**
 * What scopes mean of the sources there are; none given: all of them. What lies within another is left out. Throws
 * `bad-request` for a text that is no scope, `not-found` for a source that is none.
 */
export function scopesOf(texts: readonly string[], sourceIds: readonly string[]): SourceScope[] {
  const scopes = (texts.length === 0 ? ['*'] : texts).map(scopeOf).flatMap((scope) => {
    if (scope.sourceId !== null && !sourceIds.includes(scope.sourceId))
      throw new HomeportError('not-found', `There is no source “${scope.sourceId}”.`)
    const ids = scope.sourceId === null ? sourceIds : [scope.sourceId]
    return ids.map((sourceId) => ({ ...scope, sourceId }))
  })
  return scopes.filter(
    (scope, index) =>
      !scopes.some(
        (other, at) => at !== index && isWithin(scope, other) && (at < index || !isWithin(other, scope))
      )
  )
}

function scopeOf(text: string): KnowledgeScope {
  const scope = readScope(text)
  if (scope) return scope
  throw new HomeportError('bad-request', `“${text}” does not name a source.`, {
    action: 'Write a source’s id, and a folder or a tag of it: vault/Projects#idea'
  })
}
