import type { KnowledgeScope, Source } from '../../../core/contract/knowledge.ts'

/** All that is indexed. */
export const EVERYTHING = '*'

/** A scope as people write it (`vault/Food#recipe`), taken apart. */
export function parseScope(text: string): KnowledgeScope {
  const hash = text.indexOf('#')
  const place = hash === -1 ? text : text.slice(0, hash)
  const tag = hash === -1 ? '' : text.slice(hash + 1)
  const slash = place.indexOf('/')
  const source = slash === -1 ? place : place.slice(0, slash)
  const folder = slash === -1 ? '' : place.slice(slash + 1).replace(/\/+$/, '')
  return {
    sourceId: source === EVERYTHING || source === '' ? null : source,
    ...(folder && { folder }),
    ...(tag && { tag })
  }
}

export function formatScope({ sourceId, folder, tag }: KnowledgeScope): string {
  return `${sourceId ?? EVERYTHING}${folder ? `/${folder}` : ''}${tag ? `#${tag}` : ''}`
}

/** A scope in words: `All notes and files`, `Home › Projects`, `Home #recipe`, `#recipe`. */
export function scopeWords(text: string, sources: readonly Source[]): string {
  const { sourceId, folder, tag } = parseScope(text)
  const part = `${folder ? ` › ${folder.replaceAll('/', ' › ')}` : ''}${tag ? ` #${tag}` : ''}`
  if (sourceId === null) return part.trim() || 'All notes and files'
  return (sources.find(({ id }) => id === sourceId)?.name ?? `${sourceId} (removed)`) + part
}

/** The scopes with this one chosen too. What it contains goes, and so does what contains it. */
export function addScope(scopes: readonly string[], added: string): string[] {
  const apart = scopes.filter((known) => !contains(added, known) && !contains(known, added))
  return [...apart, added]
}

export function removeScope(scopes: readonly string[], removed: string): string[] {
  return scopes.filter((known) => known !== removed)
}

function contains(outerText: string, innerText: string): boolean {
  const outer = parseScope(outerText)
  const inner = parseScope(innerText)
  if (outer.sourceId !== null && outer.sourceId !== inner.sourceId) return false
  if (outer.tag !== undefined && outer.tag !== inner.tag) return false
  if (outer.folder === undefined) return true
  return inner.folder === outer.folder || (inner.folder?.startsWith(`${outer.folder}/`) ?? false)
}
