import type { ChatTool, ToolChoice } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { toJsonSchema } from './json-schema.ts'
import { camelCased, listOf, textOf } from './spelling.ts'

export interface ToolOptions {
  tools?: ChatTool[]
  toolChoice?: ToolChoice
}

/**
 * Functions and whether they must be called. Tools that Google runs itself (search, code) have no place and are named in
 * `unmapped`. Throws `bad-request`.
 */
export function toToolOptions(body: Json, unmapped: Set<string>): ToolOptions {
  const tools = listOf(body.tools).flatMap((value) => toTools(camelCased(value) ?? {}, unmapped))
  const { functionCallingConfig, ...others } = camelCased(body.toolConfig) ?? {}
  for (const name in others) unmapped.add(`toolConfig.${name}`)
  if (tools.length === 0) return {}
  return toChosen(tools, camelCased(functionCallingConfig) ?? {})
}

function toTools(tool: Json, unmapped: Set<string>): ChatTool[] {
  for (const name in tool) if (name !== 'functionDeclarations') unmapped.add(`tools.${name}`)
  return listOf(tool.functionDeclarations).map((value) => {
    const declared = camelCased(value) ?? {}
    const name = textOf(declared.name)
    if (name === null) throw badParameter('tools.functionDeclarations', 'holds a function without a name')
    const description = textOf(declared.description)
    return { name, ...(description !== null && { description }), parameters: toParameters(declared) }
  })
}

function toParameters({ parametersJsonSchema, parameters }: Json): Json | null {
  if (isRecord(parametersJsonSchema)) return parametersJsonSchema
  return isRecord(parameters) ? toJsonSchema(parameters) : null
}

/** Where only some functions are allowed, the model is shown no others. */
function toChosen(tools: ChatTool[], { mode, allowedFunctionNames }: Json): ToolOptions {
  const allowed = listOf(allowedFunctionNames)
  if (mode === 'NONE') return { tools, toolChoice: 'none' }
  if (mode === 'ANY') {
    const [only, ...more] = allowed
    if (typeof only === 'string' && more.length === 0) return { tools, toolChoice: { name: only } }
    const shown = allowed.length === 0 ? tools : tools.filter(({ name }) => allowed.includes(name))
    return { tools: shown, toolChoice: 'required' }
  }
  return mode === undefined ? { tools } : { tools, toolChoice: 'auto' }
}
