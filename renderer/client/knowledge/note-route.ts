import { formatRoute, type Route, type RouteQuery } from '../route.ts'

/** A note, and in it the bytes of a passage. */
export interface NotePlace {
  source: string
  path: string
  passage: { start: number; end: number } | null
}

export function noteRoute({ source, path, passage }: NotePlace): Route {
  const at = passage === null ? {} : { start: String(passage.start), end: String(passage.end) }
  return { screen: 'knowledge', id: 'note', query: { source, path, ...at } }
}

/** Null where the address names no note. */
export function readNotePlace({ source, path, start, end }: RouteQuery = {}): NotePlace | null {
  if (!source || !path) return null
  const [from, until] = [Number(start), Number(end)]
  const known = start !== undefined && Number.isInteger(from) && Number.isInteger(until) && from < until
  return { source, path, passage: known ? { start: from, end: until } : null }
}

/** The address of a passage in Homeport's own viewer. */
export function passageHref(passage: { sourceId: string; path: string; start: number; end: number }): string {
  const { sourceId, path, start, end } = passage
  return formatRoute(noteRoute({ source: sourceId, path, passage: { start, end } }))
}

/** The address of a whole note in Homeport's own viewer. */
export function noteHref(source: string, path: string): string {
  return formatRoute(noteRoute({ source, path, passage: null }))
}
