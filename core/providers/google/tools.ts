import { asObject, type JsonObject } from '../shared/json.ts'
import type { ChatRequest } from '../spec/chat.ts'
import type { ChatTool, ToolChoice } from '../spec/chat-options.ts'
import { cleanSchema } from './schema.ts'

/** The functions a model may call, and whether it must. */
export function writeTools(
  { tools = [], toolChoice, parallelToolCalls }: ChatRequest,
  warnings: string[]
): { tools?: JsonObject[]; toolConfig?: JsonObject } {
  if (tools.length === 0) return {}
  if (parallelToolCalls === false) warnings.push('parallel_tool_calls was dropped')
  return {
    tools: [{ functionDeclarations: tools.map((tool) => writeTool(tool, warnings)) }],
    ...(toolChoice !== undefined && { toolConfig: { functionCallingConfig: writeChoice(toolChoice) } })
  }
}

function writeTool({ name, description, parameters, strict }: ChatTool, warnings: string[]): JsonObject {
  if (strict) warnings.push('strict was dropped from tools')
  const { schema, dropped } = cleanSchema(parameters ?? {})
  for (const keyword of dropped) warnings.push(`${keyword} was dropped from the parameters of ${name}`)
  return {
    name,
    ...(description !== undefined && { description }),
    ...(!isEmpty(schema) && { parametersJsonSchema: schema })
  }
}

/** A function without parameters has no schema: older models refuse an object without properties. */
function isEmpty(schema: JsonObject): boolean {
  const { type, properties, additionalProperties } = schema
  if (Object.keys(schema).length === 0) return true
  const hasProperties = Object.keys(asObject(properties) ?? {}).length > 0
  const isFree = additionalProperties !== undefined && additionalProperties !== false
  return type === 'object' && !hasProperties && !isFree && schema.anyOf === undefined
}

function writeChoice(choice: ToolChoice): JsonObject {
  if (choice === 'auto') return { mode: 'AUTO' }
  if (choice === 'none') return { mode: 'NONE' }
  if (choice === 'required') return { mode: 'ANY' }
  return { mode: 'ANY', allowedFunctionNames: [choice.name] }
}
