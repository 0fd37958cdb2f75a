import { type KnowledgeScope, sourceIdSchema } from './knowledge.ts'

/** All that is indexed. */
export const EVERYTHING = '*'

/**
 * A scope as people write it: `*`, `vault`, `vault/Projects/Home`, `*#recipe`, `vault/Food#recipe`. Names hold any letters;
 * `%2C`, `%23` and `%25` are a comma, a `#` and a `%` in one. A source may be written in capitals, as its folder is. Null
 * where it names no source that could be.
 */
export function readScope(text: string): KnowledgeScope | null {
  const [, name = '', folder = '', tag = ''] = /^([^/#]*)(?:\/([^#]*))?(?:#(.*))?$/s.exec(text.trim()) ?? []
  const source = name.toLowerCase()
  if (source !== EVERYTHING && !sourceIdSchema.safeParse(source).success) return null
  const path = plain(folder)
    .replace(/^\/+|\/+$/g, '')
    .normalize('NFC')
  const label = plain(tag)
  return {
    sourceId: source === EVERYTHING ? null : source,
    ...(path && { folder: path }),
    ...(label && { tag: label })
  }
}

/** The scope as `readScope` reads it, without a comma: it can stand in a list. */
export function formatScope({ sourceId, folder, tag }: KnowledgeScope): string {
  return `${sourceId ?? EVERYTHING}${folder ? `/${escaped(folder)}` : ''}${tag ? `#${escaped(tag)}` : ''}`
}

/** The scopes of a list: `vault/Food#recipe, work`. */
export const splitScopes = (list: string): string[] =>
  list
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')

/** Whether all that `inner` means is part of what `outer` means. */
export function isWithin(inner: KnowledgeScope, outer: KnowledgeScope): boolean {
  if (outer.sourceId !== null && inner.sourceId !== outer.sourceId) return false
  return isFolderBelow(inner.folder, outer.folder) && isTagBelow(inner.tag, outer.tag)
}

/**
 * `Food/Bread` is below `Food`, and both are where nothing narrower is asked for. Letters count in the case they have on
 * the disk, on every system: a scope means the same wherever a vault is synced to, and never more than was allowed.
 */
export const isFolderBelow = (inner: string | undefined, outer: string | undefined): boolean =>
  outer === undefined || inner === outer || inner?.startsWith(`${outer}/`) === true

/** Tags are nested as folders are, and the same in any case, as in Obsidian. */
export const isTagBelow = (inner: string | undefined, outer: string | undefined): boolean =>
  isFolderBelow(inner?.toLowerCase(), outer?.toLowerCase())

/** What ends a name or a scope, and what would be trimmed. */
const RESERVED = /[%,#]|^\s+|\s+$/g

const escaped = (name: string): string => name.replace(RESERVED, encodeURIComponent)

/** Percent signs that encode nothing are letters of a name. */
function plain(name: string): string {
  return name.replace(/(?:%[0-9a-f]{2})+/gi, (code) => {
    try {
      return decodeURIComponent(code)
    } catch {
      return code
    }
  })
}
