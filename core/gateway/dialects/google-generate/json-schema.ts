import { isRecord, type Json } from '../json-fields.ts'
import { camelCased } from './spelling.ts'

/** Where a schema stands in another one. */
const counts: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties'
])

/**
 * Google's `Schema` (OpenAPI 3.0's, with types in capitals, counts as texts and `nullable`) as JSON Schema. What is JSON
 * Schema already comes out as it was. Source: https://ai.google.dev/api/caching#Schema
 */
export function toJsonSchema(value: unknown): Json {
  const schema = camelCased(value)
  if (!schema) return {}
  const out: Record<string, unknown> = {}
  for (const [keyword, member] of Object.entries(schema)) {
    if (keyword === 'type') out.type = toType(member, schema.nullable === true)
    else if (keyword === 'properties') out.properties = mapValues(member, toJsonSchema)
    else if (keyword === 'items') out.items = toJsonSchema(member)
    else if (keyword === 'anyOf' && Array.isArray(member)) out.anyOf = member.map(toJsonSchema)
    else if (keyword === 'example') out.examples = [member]
    else if (keyword === 'format' && member === 'enum')
      continue // says what `enum` says already
    else if (counts.has(keyword) && typeof member === 'string') out[keyword] = Number(member)
    else if (keyword !== 'nullable') out[keyword] = member
  }
  return out
}

function toType(type: unknown, nullable: boolean): unknown {
  if (typeof type !== 'string') return type
  const name = type.toLowerCase()
  return nullable ? [name, 'null'] : name
}

function mapValues(value: unknown, map: (member: unknown) => unknown): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member)]))
}
