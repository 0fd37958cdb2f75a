/** Properties that name the note, or how it is shown: they say nothing about what it is about. */
const unsearched = new Set([
  'title',
  'aliases',
  'alias',
  'tags',
  'tag',
  'cssclasses',
  'cssclass',
  'id',
  'uid',
  'uuid',
  'publish',
  'permalink',
  'position'
])
const LONGEST_SEARCHED = 2000

/** The first of these properties that the note has. */
export const propertyOf = (properties: Record<string, unknown>, names: readonly string[]): unknown =>
  names.map((name) => properties[name]).find((value) => value !== undefined && value !== null)

/** Properties that say when a note was made; the first that is a date counts. */
const createdNames = ['created', 'date created', 'created_at', 'createdAt', 'date']

/** When the note was made as it says itself: milliseconds UTC, or null. */
export function createdOf(properties: Record<string, unknown>): number | null {
  for (const name of createdNames) {
    const date = dateOf(properties[name])
    if (date !== null) return date
  }
  return null
}

/** A property's values as texts, be it a list or, as in older notes, a text with commas. */
export function listedTexts(value: unknown, separator: RegExp): string[] {
  const values =
    typeof value === 'string' ? value.split(separator) : Array.isArray(value) ? value.flat(2) : [value]
  return values.flatMap((one) => {
    const text = typeof one === 'string' || typeof one === 'number' ? String(one).trim() : ''
    return text === '' ? [] : [text]
  })
}

/** What the properties say, a line each, as words; links by what they lead to. */
export function searchedProperties(properties: Record<string, unknown>): string {
  const lines = Object.entries(properties).flatMap(([name, value]) => {
    if (unsearched.has(name.toLowerCase())) return []
    const texts = textsIn(value).map((text) =>
      text.replaceAll(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1').trim()
    )
    const said = texts.filter((text) => text !== '').join(', ')
    return said === '' ? [] : [`${name}: ${said}`]
  })
  return lines.join('\n').slice(0, LONGEST_SEARCHED)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return []
}

const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/

/** Milliseconds UTC of a date as notes have it; without a zone it is this machine's. Null for anything else. */
export function dateOf(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const match = DATE.exec(value.trim())
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const zone = match[7]
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24) return null
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime()
  return Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(zone)
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
