import {
  CLOSE_OBJECT,
  isSpace,
  type JsonMember,
  type JsonPlace,
  membersOf,
  NULL,
  OPEN_OBJECT,
  skipSpace
} from './scan-json.ts'

/** To copy fewer bytes than these costs less than to send them by themselves. */
const LARGE_BYTES = 64 * 1024

/** A value to set at a path of object keys, `['stream_options', 'include_usage']` say. */
export interface JsonEdit {
  path: readonly [string, ...string[]]
  value: unknown
}

/** The bytes from `start` to `end` become `text`. */
interface Replacement extends JsonPlace {
  text: string
}

/**
 * Sets values inside a JSON object without writing it anew: every byte outside the set values stays as it is, key order,
 * white space, number formats and escapes included (an upstream's prompt cache depends on it).
 *
 * A missing key is added at the end of its object. On a path, `null` counts as a missing object; any other value that is no
 * object is left for the upstream to refuse. No two edits may begin with the same key. `source` must be valid JSON in UTF-8
 * with an object at the top and no key twice: what comes after the last value to set is not looked at. `parsed`, the same
 * object where it was parsed already, spares looking for what is missing or as wanted.
 */
export function spliceJson(
  source: Buffer,
  edits: readonly JsonEdit[],
  parsed?: Readonly<Record<string, unknown>>
): Buffer {
  const replacements = replacementsOf(source, edits, parsed)
  if (replacements.length === 0) return source
  let size = source.length
  for (const { start, end, text } of replacements) size += Buffer.byteLength(text) - (end - start)
  const spliced = Buffer.allocUnsafe(size)
  let copied = 0
  let at = 0
  for (const { start, end, text } of replacements) {
    at += source.copy(spliced, at, copied, start)
    at += spliced.write(text, at)
    copied = end
  }
  source.copy(spliced, at, copied)
  return spliced
}

/** The same in pieces where it is large, which follow each other: most of it is then part of `source`, and not copied. */
export function spliceLargeJson(...args: Parameters<typeof spliceJson>): Buffer | Buffer[] {
  const [source] = args
  return source.length < LARGE_BYTES ? spliceJson(...args) : joinSmall(piecesOf(...args))
}

/** Each piece is written to a socket by itself: small ones are better copied to one. */
function joinSmall(pieces: readonly Buffer[]): Buffer[] {
  const joined: Buffer[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last !== undefined && last.length + piece.length < LARGE_BYTES)
      joined[joined.length - 1] = Buffer.concat([last, piece])
    else joined.push(piece)
  }
  return joined
}

function piecesOf(...args: Parameters<typeof spliceJson>): Buffer[] {
  const [source] = args
  const pieces: Buffer[] = []
  let copied = 0
  for (const { start, end, text } of replacementsOf(...args)) {
    pieces.push(source.subarray(copied, start), Buffer.from(text))
    copied = end
  }
  pieces.push(source.subarray(copied))
  return pieces
}

/** In their order. */
function replacementsOf(...[source, edits, parsed]: Parameters<typeof spliceJson>): readonly Replacement[] {
  const replacements: Replacement[] = []
  const present: JsonEdit[] = []
  const absent: JsonEdit[] = []
  for (const edit of edits) {
    if (parsed && isAsWanted(edit, parsed)) continue
    if (parsed && !Object.hasOwn(parsed, edit.path[0])) absent.push(edit)
    else present.push(edit)
  }
  absent.push(...editMembers(source, skipSpace(source, 0), present, replacements))
  if (absent.length > 0) addMembers(source, source.lastIndexOf(CLOSE_OBJECT), absent, replacements)
  return replacements.length < 2 ? replacements : replacements.sort((a, b) => a.start - b.start)
}

function isAsWanted({ path, value }: JsonEdit, parsed: unknown): boolean {
  let there = parsed
  for (const key of path) there = memberOf(there, key)
  return there !== undefined && there === value
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Reflect.get(value, key)
}

/** Sets the values that are there, and gives back the edits of those that are not. */
function editMembers(
  source: Buffer,
  open: number,
  edits: readonly JsonEdit[],
  out: Replacement[]
): readonly JsonEdit[] {
  if (edits.length === 0) return edits
  let missing = edits
  for (const member of membersOf(source, open)) {
    const edit = missing.find(({ path }) => path[0] === member.key)
    if (!edit) continue
    editMember(source, member, edit, out)
    if (missing.length === 1) return []
    missing = missing.filter((other) => other !== edit)
  }
  return missing
}

function editMember(source: Buffer, member: JsonMember, { path, value }: JsonEdit, out: Replacement[]): void {
  const { start, end } = member
  const [, next, ...rest] = path
  if (next === undefined) out.push({ start, end, text: JSON.stringify(value) })
  else if (source[start] === NULL) out.push({ start, end, text: written([next, ...rest], value) })
  else if (source[start] === OPEN_OBJECT) {
    const missing = editMembers(source, start, [{ path: [next, ...rest], value }], out)
    addMembers(source, end - 1, missing, out)
  }
}

/** Adds members behind the last one of the object that ends with the brace at `close`. */
function addMembers(source: Buffer, close: number, missing: readonly JsonEdit[], out: Replacement[]): void {
  if (missing.length === 0) return
  let at = close
  while (isSpace(source[at - 1])) at--
  // an empty object keeps the space it has
  const isEmpty = source[at - 1] === OPEN_OBJECT
  const added = missing.map(({ path, value }) => written(path, value).slice(1, -1)).join(',')
  out.push({ start: at, end: at, text: isEmpty ? added : `,${added}` })
}

/** `{"a":{"b":value}}` for the path a, b. */
function written(path: readonly string[], value: unknown): string {
  return path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, JSON.stringify(value))
}
