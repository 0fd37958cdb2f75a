import type { Passage } from '../../../core/contract/knowledge.ts'
import { formatRoute, type Route, type RouteQuery } from '../route.ts'

/** Bytes of a passage in a note, and how its text begins: a note may have changed since it was read. */
export interface PassagePlace {
  start: number
  end: number
  begins: string
}

export interface NotePlace {
  source: string
  path: string
  passage: PassagePlace | null
}

/** Characters of a passage's text that its address holds. */
const BEGINNING = 40

export function noteRoute({ source, path, passage }: NotePlace): Route {
  const at = passage && { start: String(passage.start), end: String(passage.end), begins: passage.begins }
  return { screen: 'knowledge', id: 'note', query: { source, path, ...at } }
}

/** Null where the address names no note. */
export function readNotePlace({ source, path, start, end, begins = '' }: RouteQuery = {}): NotePlace | null {
  if (!source || !path) return null
  const [from, until] = [Number(start), Number(end)]
  const known = start !== undefined && Number.isInteger(from) && Number.isInteger(until) && from < until
  return { source, path, passage: known ? { start: from, end: until, begins } : null }
}

/** The address of a passage in Homeport's own viewer. */
export function passageHref({
  sourceId,
  path,
  start,
  end,
  text
}: Pick<Passage, 'sourceId' | 'path' | 'start' | 'end' | 'text'>): string {
  const passage = { start, end, begins: text.slice(0, BEGINNING) }
  return formatRoute(noteRoute({ source: sourceId, path, passage }))
}

/** The address of a whole note in Homeport's own viewer. */
export function noteHref(source: string, path: string): string {
  return formatRoute(noteRoute({ source, path, passage: null }))
}
