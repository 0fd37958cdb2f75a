import { asArray, asObject, type JsonObject } from '../shared/json.ts'

/** What a schema may say of a value's size or form, and cannot be enforced while an answer is written. */
const unenforced: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'contains',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'propertyNames',
  'if',
  'then',
  'else',
  'not'
])

/**
 * A JSON schema as structured outputs take it: every object closed, `oneOf` as `anyOf`, and what cannot be enforced moved
 * into the description, where the model reads it, which a warning says.
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function toStructuredSchema(value: unknown, warnings: Set<string>): unknown {
  const moved = new Set<string>()
  const schema = toStructured(value, moved)
  if (moved.size > 0) warnings.add(`${[...moved].join(', ')} of the schema became words for the model`)
  return schema
}

function toStructured(value: unknown, moved: Set<string>): unknown {
  const schema = asObject(value)
  if (!schema) return value
  const out: Record<string, unknown> = {}
  const told: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(schema)) {
    if (name === '$schema') continue
    if (unenforced.has(name) || (name === 'minItems' && Number(member) > 1)) told[name] = member
    else out[name === 'oneOf' ? 'anyOf' : name] = toMember(name, member, moved)
  }
  if (schema.type === 'object' || schema.properties !== undefined) {
    const open = schema.additionalProperties
    if (open !== undefined && open !== false) told.additionalProperties = open
    out.additionalProperties = false
  }
  for (const name of Object.keys(told)) moved.add(name)
  return Object.keys(told).length === 0 ? out : { ...out, description: described(schema, told) }
}

function toMember(name: string, member: unknown, moved: Set<string>): unknown {
  const each = (schemas: JsonObject) =>
    Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, toStructured(schema, moved)]))
  switch (name) {
    case 'properties':
    case '$defs':
    case 'definitions':
      return each(asObject(member) ?? {})
    case 'items':
      return toStructured(member, moved)
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
      return asArray(member).map((schema) => toStructured(schema, moved))
    default:
      return member
  }
}

function described({ description }: JsonObject, told: JsonObject): string {
  const rules = JSON.stringify(told)
  return typeof description === 'string' ? `${description}\n\n${rules}` : rules
}
