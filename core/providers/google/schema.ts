import { HomeportError } from '../../errors/homeport-error.ts'
import { asArray, asObject, asText, type JsonObject } from '../shared/json.ts'

/** Keywords that Gemini reads, whose values hold no schema. */
const plain = [
  'type',
  'title',
  'description',
  'required',
  'propertyOrdering',
  'minItems',
  'maxItems',
  'minimum',
  'maximum'
]
const formats = ['date-time', 'date', 'time', 'int32', 'int64', 'float', 'double']
/** Keywords that bind nothing: leaving them out changes no meaning. */
const silent =
  /^(\$schema|\$id|\$comment|\$defs|definitions|default|examples?|deprecated|readOnly|writeOnly|x-.+)$/
/** Inlining a reference that stands in many places can make a small schema enormous. */
const MAX_NODES = 10_000
const MAX_DEPTH = 100

export interface CleanSchema {
  schema: JsonObject
  /** Keywords that were left out, each once. */
  dropped: string[]
}

/**
 * A JSON schema in the part of JSON Schema that Gemini reads (in `parametersJsonSchema` and `responseJsonSchema`; it
 * refuses or ignores the rest): references are inlined, `const` becomes `enum`, `oneOf` becomes `anyOf`, `allOf` is merged.
 * Throws `bad-request` for one that unfolds beyond all measure.
 * Source: https://ai.google.dev/api/generate-content#FIELDS.response_json_schema
 */
export function cleanSchema(schema: unknown): CleanSchema {
  const cleaner = new SchemaCleaner(schema)
  const cleaned = cleaner.clean(schema, [], 0)
  return { schema: cleaned, dropped: [...cleaner.dropped] }
}

class SchemaCleaner {
  readonly dropped = new Set<string>()
  readonly #root: unknown
  #nodes = 0

  constructor(root: unknown) {
    this.#root = root
  }

  /** `refs` are the references that lead here: one that leads to itself is cut. */
  clean(value: unknown, refs: readonly string[], depth: number): JsonObject {
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new HomeportError('bad-request', 'A JSON schema unfolds to more than a model can be given.', {
        action: 'Use fewer or flatter references ($ref) in the schemas of tools and answers.'
      })
    }
    const node = asObject(value)
    if (!node) return {} // true: anything goes
    const ref = asText(node.$ref)
    if (ref !== null) return this.#inline(ref, node, refs, depth)

    const out: Record<string, unknown> = {}
    for (const [keyword, member] of Object.entries(node)) this.#keep(keyword, member, out, refs, depth)
    for (const part of asArray(node.allOf)) merge(out, this.clean(part, refs, depth + 1))
    return out
  }

  #inline(ref: string, node: JsonObject, refs: readonly string[], depth: number): JsonObject {
    const { $ref: _, ...beside } = node
    const target = resolve(this.#root, ref)
    const cut = target === undefined || refs.includes(ref)
    if (cut) this.dropped.add(target === undefined ? `$ref to ${ref}` : 'recursive $ref')
    const type = cut && asText(asObject(target)?.type)
    const inlined = cut ? { ...(type && { type }) } : this.clean(target, [...refs, ref], depth + 1)
    return { ...inlined, ...this.clean(beside, refs, depth + 1) }
  }

  #keep(
    keyword: string,
    member: unknown,
    out: Record<string, unknown>,
    refs: readonly string[],
    depth: number
  ): void {
    const clean = (schema: unknown) => this.clean(schema, refs, depth + 1)
    const cleanAll = (list: unknown) => asArray(list).map(clean)
    if (plain.includes(keyword)) out[keyword] = member
    else if (keyword === 'format' && formats.includes(String(member))) out.format = member
    else if (keyword === 'enum' || keyword === 'const') {
      this.#keepEnum(keyword === 'enum' ? asArray(member) : [member], out)
    } else if (keyword === 'anyOf' || (keyword === 'oneOf' && out.anyOf === undefined)) {
      out.anyOf = cleanAll(member)
    } else if (keyword === 'prefixItems' || (keyword === 'items' && Array.isArray(member))) {
      out.prefixItems = cleanAll(member)
    } else if (keyword === 'items') out.items = clean(member)
    else if (keyword === 'additionalProperties') {
      out.additionalProperties = typeof member === 'boolean' ? member : clean(member)
    } else if (keyword === 'properties') {
      const properties = Object.entries(asObject(member) ?? {})
      out.properties = Object.fromEntries(properties.map(([name, schema]) => [name, clean(schema)]))
    } else if (keyword !== 'allOf' && !silent.test(keyword)) this.dropped.add(keyword)
  }

  /** Gemini takes texts and numbers in an `enum`; null is a type of its own. */
  #keepEnum(values: readonly unknown[], out: Record<string, unknown>): void {
    const kept = values.filter((value) => typeof value === 'string' || typeof value === 'number')
    const nulls = values.filter((value) => value === null)
    if (kept.length + nulls.length < values.length) this.dropped.add('enum')
    else if (kept.length > 0) out.enum = kept
    else if (nulls.length > 0) out.type = 'null'
  }
}

/** What a reference into the same document points at (RFC 6901); undefined for any other. */
function resolve(root: unknown, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined
  const [first, ...steps] = ref.slice(1).split('/').map(unescaped)
  if (first !== '') return undefined // an anchor
  return steps.reduce<unknown>((at, step) => {
    const object = asObject(at)
    if (!object) return asArray(at)[Number(step)]
    return Object.hasOwn(object, step) ? object[step] : undefined
  }, root)
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return step
  }
}

/** Adds what a part of `allOf` demands to what is there already. */
function merge(out: Record<string, unknown>, part: JsonObject): void {
  for (const [keyword, member] of Object.entries(part)) {
    if (keyword === 'properties') out.properties = { ...asObject(out.properties), ...asObject(member) }
    else if (keyword === 'required')
      out.required = [...new Set([...asArray(out.required), ...asArray(member)])]
    else out[keyword] ??= member
  }
}
