import type { KnowledgeScope } from '../../contract/knowledge.ts'
import { sourceIdSchema } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

/** Reads a scope as people write it: `*`, `vault`, `vault/Food`, `vault#recipe`, `vault/Food#recipe`, `*#recipe`. */
export function parseScope(text: string): KnowledgeScope {
  const written = text.trim()
  const hash = written.indexOf('#')
  const place = hash < 0 ? written : written.slice(0, hash)
  const tag = hash < 0 ? '' : written.slice(hash + 1).trim()
  const slash = place.indexOf('/')
  const source = (slash < 0 ? place : place.slice(0, slash)).trim()
  const folder = slash < 0 ? '' : place.slice(slash + 1).replace(/^\/+|\/+$/g, '')
  if (source !== '*' && source !== '' && !sourceIdSchema.safeParse(source).success)
    throw new HomeportError('bad-request', `“${written}” does not name a source`, {
      action: 'Write a source’s id, and a folder or a tag of it: vault/Projects#idea'
    })
  return {
    sourceId: source === '*' || source === '' ? null : source,
    ...(folder !== '' && { folder: folder.normalize('NFC') }),
    ...(tag !== '' && { tag })
  }
}

/** Where in one source is searched. No folder and no tag: in all of it. */
export interface SourceScope {
  sourceId: string
  folder: string | null
  tag: string | null
}

/** What scopes mean of the sources there are; a wider one takes in those within it. */
export function scopesOf(texts: readonly string[], sourceIds: readonly string[]): SourceScope[] {
  const scopes = (texts.length === 0 ? ['*'] : texts).map(parseScope).flatMap((scope) => {
    if (scope.sourceId !== null && !sourceIds.includes(scope.sourceId))
      throw new HomeportError('not-found', `There is no source “${scope.sourceId}”`)
    const ids = scope.sourceId === null ? sourceIds : [scope.sourceId]
    return ids.map((sourceId) => ({ sourceId, folder: scope.folder ?? null, tag: scope.tag ?? null }))
  })
  return scopes.filter(
    (scope, index) =>
      !scopes.some(
        (other, at) => at !== index && covers(other, scope) && (at < index || !covers(scope, other))
      )
  )
}

const covers = (wide: SourceScope, narrow: SourceScope): boolean =>
  wide.sourceId === narrow.sourceId &&
  (wide.folder === null || wide.folder === narrow.folder) &&
  (wide.tag === null || wide.tag === narrow.tag)
