import type { Source } from '../../../core/contract/knowledge.ts'
import { isWithin, readScope } from '../../../core/contract/knowledge-scopes.ts'

/** A scope in words: `All notes and files`, `Home › Projects`, `Home #recipe`, `#recipe`. */
export function scopeWords(text: string, sources: readonly Source[]): string {
  const scope = readScope(text)
  if (scope === null) return text
  const { sourceId, folder, tag } = scope
  const part = `${folder ? ` › ${folder.replaceAll('/', ' › ')}` : ''}${tag ? ` #${tag}` : ''}`
  if (sourceId === null) return part.trim() || 'All notes and files'
  return (sources.find(({ id }) => id === sourceId)?.name ?? `${sourceId} (removed)`) + part
}

/** The scopes with this one chosen too. What it contains goes, and so does what contains it. */
export function addScope(scopes: readonly string[], added: string): string[] {
  return [...scopes.filter((known) => !contains(added, known) && !contains(known, added)), added]
}

export function removeScope(scopes: readonly string[], removed: string): string[] {
  return scopes.filter((known) => known !== removed)
}

function contains(outerText: string, innerText: string): boolean {
  const [outer, inner] = [readScope(outerText), readScope(innerText)]
  return outer !== null && inner !== null && isWithin(inner, outer)
}
