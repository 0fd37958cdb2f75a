import { HomeportError } from '../../errors/homeport-error.ts'

/** The part of JSON Schema that the engine can turn into a grammar for the sampler. */
export type GrammarSchema = { description?: string } & (
  | { $ref: string }
  | { const: Literal }
  | { enum: Literal[] }
  | { oneOf: GrammarSchema[] }
  | { type: 'number' | 'integer' | 'boolean' | 'null' }
  | { type: 'string'; format?: string; minLength?: number; maxLength?: number }
  | {
      type: 'array'
      items?: GrammarSchema
      prefixItems?: GrammarSchema[]
      minItems?: number
      maxItems?: number
    }
  | {
      type: 'object'
      properties: Record<string, GrammarSchema>
      additionalProperties: boolean | GrammarSchema
      minProperties?: number
      maxProperties?: number
    }
)
type Literal = string | number | boolean | null
type Node = Readonly<Record<string, unknown>>

/** Far above what people write, and low enough that the grammar stays small. */
const MAX_DEPTH = 32
const MAX_NODES = 2_000
/** The engine takes no grammar that repeats something much more often. */
const MAX_REPETITIONS = 400

const formats: readonly unknown[] = ['date-time', 'time', 'date']
/** Keywords with nothing to enforce. `required`: every listed property is written, always. */
const silentKeywords = new Set(
  'title description default examples deprecated readOnly writeOnly required $schema $id $comment $defs definitions'.split(
    ' '
  )
)
const anyValue: GrammarSchema = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'null' },
    { type: 'array' },
    { type: 'object', properties: {}, additionalProperties: true }
  ]
}

/** What a schema is for, and the request's parameter that it stands in: for the error that a wrong one gets. */
export interface SchemaPlace {
  of: string
  param: string
}
const answerPlace: SchemaPlace = { of: 'the answer', param: 'response_format' }

interface Conversion {
  definitions: ReadonlySet<string>
  dropped: Set<string>
  nodes: number
}

/** What is wrong with a schema, as the end of a sentence. */
class SchemaProblem extends Error {}

/**
 * A JSON Schema in the form the engine's grammar understands. `dropped` names the keywords that cannot be enforced (a
 * pattern, a minimum). Throws `bad-request` for what is no schema, or too large to become a grammar.
 */
export function toGrammarSchema(
  schema: unknown,
  place: SchemaPlace = answerPlace
): { schema: object; dropped: string[] } {
  try {
    const root = nodeOf(schema)
    const definitions = Object.entries({ ...optionalNode(root.definitions), ...optionalNode(root.$defs) })
    const conversion: Conversion = {
      definitions: new Set(definitions.map(([name]) => name)),
      dropped: new Set(),
      nodes: 0
    }
    const converted = convert(root, conversion, 0)
    const $defs = Object.fromEntries(
      definitions.map(([name, value]) => [name, convert(value, conversion, 1)])
    )
    return {
      schema: definitions.length > 0 ? { ...converted, $defs } : converted,
      dropped: [...conversion.dropped]
    }
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error
    throw new HomeportError('bad-request', `The JSON schema for ${place.of} ${error.message}.`, {
      param: place.param
    })
  }
}

function convert(value: unknown, conversion: Conversion, depth: number): GrammarSchema {
  conversion.nodes += 1
  if (depth > MAX_DEPTH || conversion.nodes > MAX_NODES) throw invalid('is too large')
  if (value === true) return anyValue
  const node = nodeOf(value)
  const converted = convertNode(node, conversion, (child) => convert(child, conversion, depth + 1))
  // nothing is enforced by it, but a model that is to fill in a tool's parameters is shown it
  return typeof node.description === 'string' ? { ...converted, description: node.description } : converted
}

function convertNode(
  node: Node,
  conversion: Conversion,
  nested: (child: unknown) => GrammarSchema
): GrammarSchema {
  if (node.$ref !== undefined) {
    drop(node, conversion, '$ref')
    const name = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(String(node.$ref))?.[1]
    if (name === undefined || !conversion.definitions.has(name))
      throw invalid('has a $ref to nothing in its $defs')
    return { $ref: `#/$defs/${name}` }
  }
  const alternatives = node.oneOf ?? node.anyOf
  if (alternatives !== undefined) {
    drop(node, conversion, node.oneOf === undefined ? 'anyOf' : 'oneOf')
    return { oneOf: listOf(alternatives).map(nested) }
  }
  if (Array.isArray(node.allOf) && node.allOf.length === 1) {
    drop(node, conversion, 'allOf')
    return nested(node.allOf[0])
  }
  if (node.const !== undefined) {
    drop(node, conversion, 'const', 'type')
    return { const: literalOf(node.const) }
  }
  if (node.enum !== undefined) {
    drop(node, conversion, 'enum', 'type')
    return { enum: listOf(node.enum).map(literalOf) }
  }
  const types = Array.isArray(node.type) ? listOf(node.type) : [node.type ?? impliedType(node)]
  drop(node, conversion, 'type', ...types.flatMap((type) => keywordsOf(type, node)))
  const options = types.map((type) => convertType(type, node, conversion, nested))
  const [only] = options
  return only !== undefined && options.length === 1 ? only : { oneOf: options }
}

function convertType(
  type: unknown,
  node: Node,
  conversion: Conversion,
  nested: (child: unknown) => GrammarSchema
): GrammarSchema {
  switch (type) {
    case 'object': {
      const properties = Object.entries(optionalNode(node.properties))
      // JSON Schema allows more properties than it lists; only an object that lists none needs them
      const more = node.additionalProperties ?? properties.length === 0
      return {
        type,
        properties: Object.fromEntries(properties.map(([name, child]) => [name, nested(child)])),
        additionalProperties: typeof more === 'boolean' ? more : nested(more),
        ...limits(node, conversion, 'minProperties', 'maxProperties')
      }
    }
    case 'array':
      return {
        type,
        ...(node.items === undefined ? {} : { items: nested(node.items) }),
        ...(node.prefixItems === undefined ? {} : { prefixItems: listOf(node.prefixItems).map(nested) }),
        ...limits(node, conversion, 'minItems', 'maxItems')
      }
    case 'string':
      if (formats.includes(node.format)) return { type, format: String(node.format) }
      return { type, ...limits(node, conversion, 'minLength', 'maxLength') }
    case 'number':
    case 'integer':
    case 'boolean':
    case 'null':
      return { type }
    case undefined:
      return anyValue
    default:
      throw invalid('names a type that there is not')
  }
}

/** The keywords beside `type` that are enforced for a type. */
function keywordsOf(type: unknown, node: Node): string[] {
  if (type === 'object') return ['properties', 'additionalProperties', 'minProperties', 'maxProperties']
  if (type === 'array') return ['items', 'prefixItems', 'minItems', 'maxItems']
  if (type !== 'string') return []
  return formats.includes(node.format) ? ['format'] : ['minLength', 'maxLength']
}

function impliedType(node: Node): string | undefined {
  if (node.properties !== undefined) return 'object'
  return node.items === undefined && node.prefixItems === undefined ? undefined : 'array'
}

/** Notes the keywords of a node that the grammar will not enforce. */
function drop(node: Node, conversion: Conversion, ...understood: string[]): void {
  for (const keyword of Object.keys(node)) {
    if (!understood.includes(keyword) && !silentKeywords.has(keyword)) conversion.dropped.add(keyword)
  }
}

/** Limits that are enforced; larger ones are named as dropped. */
function limits<K extends string>(
  node: Node,
  conversion: Conversion,
  ...keywords: K[]
): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {}
  for (const keyword of keywords) {
    const value = node[keyword]
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw invalid(`has a ${keyword} that is not a whole number`)
    if (value <= MAX_REPETITIONS) found[keyword] = value
    else conversion.dropped.add(keyword)
  }
  return found
}

function nodeOf(value: unknown): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('is not valid')
  return Object.fromEntries(Object.entries(value))
}
const optionalNode = (value: unknown): Node => (value === undefined ? {} : nodeOf(value))

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw invalid('is not valid')
  return value
}

function literalOf(value: unknown): Literal {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value
  }
  throw invalid('has a constant that is a list or an object, which on-device models cannot be held to')
}

const invalid = (what: string) => new SchemaProblem(what)
