import { type KnowledgeScope, sourceIdSchema } from './knowledge.ts'

/** All that is indexed. */
export const EVERYTHING = '*'

/**
 * A scope as people write it: `*`, `vault`, `vault/Projects/Home`, `*#recipe`, `vault/Food#recipe`. Null where it names no
 * source that could be.
 */
export function readScope(text: string): KnowledgeScope | null {
  const [, source = '', folder = '', tag = ''] = /^([^/#]*)(?:\/([^#]*))?(?:#(.*))?$/s.exec(text.trim()) ?? []
  if (source !== EVERYTHING && !sourceIdSchema.safeParse(source).success) return null
  const path = folder.replace(/^\/+|\/+$/g, '').normalize('NFC')
  return {
    sourceId: source === EVERYTHING ? null : source,
    ...(path && { folder: path }),
    ...(tag && { tag })
  }
}

/** Whether all that `inner` means is part of what `outer` means. */
export function isWithin(inner: KnowledgeScope, outer: KnowledgeScope): boolean {
  if (outer.sourceId !== null && inner.sourceId !== outer.sourceId) return false
  // tags are the same in any case, as in Obsidian
  return isBelow(inner.folder, outer.folder) && isBelow(inner.tag?.toLowerCase(), outer.tag?.toLowerCase())
}

/** `Food/Bread` is below `Food`, and both are where nothing narrower is asked for. */
const isBelow = (inner: string | undefined, outer: string | undefined): boolean =>
  outer === undefined || inner === outer || inner?.startsWith(`${outer}/`) === true
