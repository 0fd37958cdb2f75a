import {
  elementsOf,
  type JsonPlace,
  membersOf,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace
} from './scan-json.ts'

/** Of keys and, into lists, of indexes. */
export type JsonPath = readonly (string | number)[]

/**
 * Puts text in front of a string inside a JSON document; every other byte stays as it is. `source` must be valid JSON.
 * Null where no string stands at the path.
 */
export function prependText(source: Buffer, path: JsonPath, text: string): Buffer | null {
  const place = placeOf(source, path)
  if (place === null || source[place.start] !== QUOTE) return null
  const inside = place.start + 1
  const escaped = Buffer.from(JSON.stringify(text).slice(1, -1))
  return Buffer.concat([source.subarray(0, inside), escaped, source.subarray(inside)])
}

/** Takes a member out of the object at the top, with the comma that parts it from others; every other byte stays. */
export function removeMember(source: Buffer, key: string): Buffer {
  let before: JsonPlace | null = null
  let wanted: JsonPlace | null = null
  for (const member of membersOf(source, skipSpace(source, 0))) {
    // the first of several goes with the comma behind it, any other with the one before it
    if (wanted) return without(source, wanted.start, member.keyStart)
    if (member.key === key) {
      if (before) return without(source, before.end, member.end)
      wanted = { start: member.keyStart, end: member.end }
    }
    before = member
  }
  return wanted ? without(source, wanted.start, wanted.end) : source
}

function placeOf(source: Buffer, path: JsonPath): JsonPlace | null {
  let place: JsonPlace = { start: skipSpace(source, 0), end: source.length }
  for (const step of path) {
    const next = typeof step === 'string' ? memberAt(source, place, step) : elementAt(source, place, step)
    if (next === null) return null
    place = next
  }
  return place
}

function memberAt(source: Buffer, { start }: JsonPlace, key: string): JsonPlace | null {
  if (source[start] !== OPEN_OBJECT) return null
  for (const member of membersOf(source, start)) if (member.key === key) return member
  return null
}

function elementAt(source: Buffer, { start }: JsonPlace, index: number): JsonPlace | null {
  if (source[start] !== OPEN_ARRAY) return null
  let left = index
  for (const element of elementsOf(source, start)) if (left-- === 0) return element
  return null
}

const without = (source: Buffer, start: number, end: number): Buffer =>
  Buffer.concat([source.subarray(0, start), source.subarray(end)])
