import type { IncomingHttpHeaders } from 'node:http'
import { readScope, splitScopes } from '../contract/knowledge-scopes.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { removeMember } from '../lib/edit-json.ts'
import { badParameter, type Json } from './dialects/json-fields.ts'

const HEADER = 'x-homeport-knowledge'
const FIELD = 'knowledge'
const MOST_SCOPES = 20
const MOST_CHARS = 4000
/** Looks nothing up, whatever the alias says. */
const OFF = 'off'

/**
 * `x-homeport-knowledge: vault/Food#recipe, work` as scopes, none of them for `off`; null where the header is absent. A
 * scope may be percent-encoded as a whole too. Throws `bad-request`.
 */
export function knowledgeOfHeaders(headers: IncomingHttpHeaders): readonly string[] | null {
  const value = headers[HEADER]
  if (value === undefined) return null
  const text = inUtf8(String(value))
  return checked(splitScopes(text).map(decoded), () => tooMuch(`The header ${HEADER}`, HEADER))
}

/** A request's body without the field that is meant for Homeport, and the scopes it names. Throws `bad-request`. */
export function takeKnowledge(
  body: Buffer,
  json: Json
): { body: Buffer; json: Json; knowledge: readonly string[] | null } {
  if (!Object.hasOwn(json, FIELD)) return { body, json, knowledge: null }
  const { [FIELD]: value, ...rest } = json
  const left = { body: removeMember(body, FIELD), json: rest }
  if (value === null) return { ...left, knowledge: null }
  const scopes = typeof value === 'string' ? splitScopes(value) : value
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string')) {
    throw badParameter(FIELD, 'must be a text or a list of texts: "vault/Food#recipe"')
  }
  return { ...left, knowledge: checked(scopes, () => tooMuch('The field knowledge', FIELD)) }
}

function checked(texts: readonly string[], refused: () => HomeportError): readonly string[] {
  const scopes = texts.map((text) => text.trim()).filter((text) => text !== '')
  if (scopes.length > MOST_SCOPES || scopes.some(({ length }) => length > MOST_CHARS)) throw refused()
  return scopes.length === 1 && scopes[0] === OFF ? [] : scopes
}

/** Node reads headers byte by byte; most clients write UTF-8. */
function inUtf8(text: string): string {
  const utf8 = Buffer.from(text, 'latin1').toString('utf8')
  return utf8.includes('\ufffd') ? text : utf8
}

function decoded(text: string): string {
  if (readScope(text) !== null) return text
  try {
    return decodeURIComponent(text)
  } catch {
    // a percent sign of its own
    return text
  }
}

const tooMuch = (what: string, param: string): HomeportError =>
  new HomeportError('bad-request', `${what} names at most ${MOST_SCOPES} scopes.`, { param })
