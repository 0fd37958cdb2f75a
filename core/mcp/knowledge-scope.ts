import type { KnowledgeScope } from '../contract/knowledge.ts'
import { isFolderBelow, isTagBelow } from '../contract/knowledge-scopes.ts'

/** Where a note stands, and what it is about. */
export interface NotePlace {
  sourceId: string
  path: string
  tags: readonly string[]
}

export function covers({ sourceId, folder, tag }: KnowledgeScope, place: NotePlace): boolean {
  return (
    (sourceId === null || sourceId === place.sourceId) &&
    isFolderBelow(place.path.normalize('NFC'), folder) &&
    (tag === undefined || place.tags.some((own) => isTagBelow(own, tag)))
  )
}

/**
 * A scope that holds all that is in both, and as little else as one scope can say; null where nothing is in both. Of two
 * tags it keeps that of `wanted`.
 */
export function overlap(wanted: KnowledgeScope, allowed: KnowledgeScope): KnowledgeScope | null {
  if (wanted.sourceId !== null && allowed.sourceId !== null && wanted.sourceId !== allowed.sourceId)
    return null
  const inner = wanted.folder ?? allowed.folder
  const outer = allowed.folder ?? wanted.folder
  const folder = inner !== undefined && outer !== undefined ? deeper(inner, outer) : undefined
  if (folder === null) return null
  const tag = wanted.tag ?? allowed.tag
  return {
    sourceId: wanted.sourceId ?? allowed.sourceId,
    ...(folder === undefined ? {} : { folder }),
    ...(tag === undefined ? {} : { tag })
  }
}

function deeper(one: string, other: string): string | null {
  if (isFolderBelow(one, other)) return one
  return isFolderBelow(other, one) ? other : null
}
