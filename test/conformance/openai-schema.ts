import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'

const path =
  process.env.HOMEPORT_OPENAI_OPENAPI ?? join(import.meta.dirname, '../../../shared/data/openai-openapi.json')

/** Whether OpenAI's published OpenAPI document is here; without it, what is checked against it is skipped. */
export const hasOpenaiSchema = existsSync(path)

/** What a suite that was skipped is called. */
export const openaiSchemaSuite = hasOpenaiSchema
  ? 'by OpenAI’s own schema'
  : 'by OpenAI’s own schema (skipped: HOMEPORT_OPENAI_OPENAPI names no OpenAPI document)'

const documentSchema = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
const validators = new Map<string, ValidateFunction>()
let ajv: Ajv2020 | null = null

/**
 * What is wrong with a value by one of the document's schemas (`CreateChatCompletionResponse`, `Response`, `ResponseStreamEvent`),
 * a sentence each; empty when it fits. Throws for a schema that the document does not have.
 */
export function openaiSchemaProblems(schema: string, value: unknown): string[] {
  const validate = validatorOf(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
  )
}

function validatorOf(schema: string): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  ajv ??= openDocument()
  const validate = ajv.getSchema(`openai#/components/schemas/${schema}`)
  if (!validate) throw new Error(`OpenAI's document has no schema "${schema}".`)
  validators.set(schema, validate)
  return validate
}

function openDocument(): Ajv2020 {
  const { components } = documentSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const opened = new Ajv2020({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    logger: false,
    allErrors: true
  })
  opened.addSchema({ components: asJsonSchema(components) }, 'openai')
  return opened
}

/** The document still writes OpenAPI 3.0's `nullable`, which JSON Schema does not know. */
function asJsonSchema(value: unknown): object {
  const convert = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(convert)
    if (typeof node !== 'object' || node === null) return node
    const { nullable, ...schema } = Object.fromEntries(
      Object.entries(node).map(([name, member]) => [name, convert(member)])
    )
    return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
  }
  const converted = convert(value)
  return typeof converted === 'object' && converted !== null ? converted : {}
}
