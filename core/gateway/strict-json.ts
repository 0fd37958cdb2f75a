import { isUtf8 } from 'node:buffer'
import { HomeportError } from '../errors/homeport-error.ts'

const maxDepth = 128
const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/**
 * Parses the body of a request, refusing what two readers could understand differently or what could reach an object's
 * prototype: bytes that are not UTF-8, lone surrogates, repeated names, `__proto__`, numbers beyond a double, more than
 * 128 levels. `constructor` is refused too, except inside the `schemaMembers` of the top level, where a JSON schema may
 * use it as a property's name. Throws `bad-request`.
 */
export function parseJson(body: Buffer, schemaMembers: readonly string[] = []): unknown {
  if (!isUtf8(body)) throw invalid('is not UTF-8')
  const text = body.toString('utf8')
  const members = scanStructure(text)
  const value = parse(text)
  if (new Inspection(schemaMembers).run(value) !== members) {
    throw invalid('repeats a name in an object')
  }
  return value
}

function invalid(what: string): HomeportError {
  return new HomeportError('bad-request', `The body ${what}.`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // the parser's own message quotes the body
    throw invalid('is not valid JSON')
  }
}

/**
 * Counts the members of all objects as written, and refuses deep nesting, before the parser sees the text. Strings, most
 * of any prompt, are skipped by native search.
 */
function scanStructure(text: string): number {
  let depth = 0
  let members = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at)
        break
      case colon:
        members++
        break
      case openBrace:
      case openBracket:
        if (++depth > maxDepth) throw invalid(`is nested deeper than ${maxDepth} levels`)
        break
      case closeBrace:
      case closeBracket:
        depth--
        break
    }
  }
  return members
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === backslash) before--
  return (at - before) % 2 === 0
}

/** Walks a parsed value (whose depth is known to be bounded) and counts the members its objects ended up with. */
class Inspection {
  #members = 0
  readonly #schemaMembers: readonly string[]

  constructor(schemaMembers: readonly string[]) {
    this.#schemaMembers = schemaMembers
  }

  run(value: unknown): number {
    this.#visit(value, 0, false)
    return this.#members
  }

  #visit(value: unknown, depth: number, inSchema: boolean): void {
    if (typeof value === 'string') {
      if (!value.isWellFormed()) throw invalid('holds half of a surrogate pair')
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw invalid('holds a number that is too large')
    } else if (Array.isArray(value)) {
      for (const item of value) this.#visit(item, depth + 1, inSchema)
    } else if (typeof value === 'object' && value !== null) {
      this.#visitMembers(value as Record<string, unknown>, depth, inSchema)
    }
  }

  #visitMembers(object: Record<string, unknown>, depth: number, inSchema: boolean): void {
    for (const name in object) {
      this.#members++
      if (name === '__proto__' || (name === 'constructor' && !inSchema)) {
        throw invalid(`may not use the name "${name}"`)
      }
      if (!name.isWellFormed()) throw invalid('holds half of a surrogate pair')
      this.#visit(object[name], depth + 1, inSchema || (depth === 0 && this.#schemaMembers.includes(name)))
    }
  }
}
