import { asArray, asObject, type JsonObject } from '../json.ts'
import { adaptMessages } from './adapt-messages.ts'
import type { ChatQuirks } from './vendor.ts'

/**
 * A body as this vendor takes it: what it would refuse is renamed, replaced or dropped, and dropping is named in
 * `warnings`. Gives the very same object when nothing had to change, and otherwise keeps the order of the keys.
 */
export function adaptBody(body: JsonObject, quirks: ChatQuirks, warnings: Set<string>): JsonObject {
  let changed = false
  const adapted: [string, unknown][] = []
  for (const [name, value] of Object.entries(body)) {
    const wireName = Object.hasOwn(quirks.renames, name) ? (quirks.renames[name] ?? name) : name
    // the vendor's own name counts where both are given
    if (wireName !== name && wireName in body) {
      changed = true
    } else if (quirks.refuses.includes(name)) {
      changed = true
      if (asksForSomething(name, value)) warnings.add(`${name} was dropped`)
    } else {
      const adaptedValue = adaptValue(name, value, quirks, warnings)
      changed ||= wireName !== name || adaptedValue !== value
      adapted.push([wireName, adaptedValue])
    }
  }
  const result = changed ? Object.fromEntries(adapted) : body
  return quirks.jsonSchema ? result : withSchemaInWords(result, warnings)
}

/** Members that clients send although they ask for nothing by them. */
function asksForSomething(name: string, value: unknown): boolean {
  if (value === null || name === 'stream_options') return false
  return !(value === false || (name === 'n' && value === 1) || (name.endsWith('_penalty') && value === 0))
}

function adaptValue(name: string, value: unknown, quirks: ChatQuirks, warnings: Set<string>): unknown {
  if (name === 'messages') return adaptMessages(asArray(value), quirks, warnings)
  if (name === 'tools' && quirks.refuses.includes('tools.strict')) return withoutStrict(asArray(value))
  if (name === 'tool_choice') return adaptToolChoice(value, quirks, warnings)
  if (name === 'response_format' && !quirks.jsonObject && asObject(value)?.type === 'json_object')
    return anyObject
  return value
}

/** `strict` is a promise of the vendor's, not a part of the schema: without it, the schema still says the same. */
function withoutStrict(tools: readonly unknown[]): readonly unknown[] {
  if (!tools.some((tool) => 'strict' in (asObject(asObject(tool)?.function) ?? {}))) return tools
  return tools.map((value) => {
    const tool = asObject(value)
    const definition = asObject(tool?.function)
    if (!definition) return value
    const { strict, ...rest } = definition
    return { ...tool, function: rest }
  })
}

function adaptToolChoice(choice: unknown, { toolChoice }: ChatQuirks, warnings: Set<string>): unknown {
  const isWord = typeof choice === 'string'
  const isKnown =
    toolChoice === 'any' ||
    choice === null ||
    choice === 'auto' ||
    (isWord && toolChoice === 'words') ||
    (choice === 'none' && toolChoice === 'auto-or-none')
  if (isKnown) return choice
  const instead = toolChoice === 'words' ? 'required' : 'auto'
  warnings.add(`tool_choice became ${instead}`)
  return instead
}

/** Any JSON, for a vendor that only knows schemas. */
const anyObject = { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } }

function withSchemaInWords(body: JsonObject, warnings: Set<string>): JsonObject {
  const format = asObject(body.response_format)
  if (format?.type !== 'json_schema') return body
  warnings.add('response_format json_schema became json_object, with the schema in the prompt')
  const schema = JSON.stringify(asObject(format.json_schema)?.schema)
  const content = `Answer with nothing but one JSON value that fits this JSON schema:\n${schema}`
  return {
    ...body,
    messages: [{ role: 'system', content }, ...asArray(body.messages)],
    response_format: { type: 'json_object' }
  }
}
