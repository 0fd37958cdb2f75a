import type { ChatTool, ToolChoice } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord } from '../json-fields.ts'
import { readCache } from './content.ts'

/**
 * The tools that the client runs. Those of the vendor's own (`web_search_20250305`, `bash_20250124`, …) mean something to
 * its models only: they are `foreign`, in words for a warning. Throws `bad-request`.
 */
export function toTools(value: unknown): { tools: ChatTool[]; foreign: string[] } {
  const tools: ChatTool[] = []
  const foreign: string[] = []
  if (value === undefined || value === null) return { tools, foreign }
  if (!Array.isArray(value)) throw badParameter('tools', 'must be a list')
  for (const [index, tool] of value.entries()) {
    if (!isRecord(tool)) throw badParameter(`tools[${index}]`, 'must be an object')
    const { type, name, description, input_schema: schema } = tool
    if (typeof type === 'string' && type !== 'custom') {
      foreign.push(`tool ${type}`)
      continue
    }
    if (typeof name !== 'string' || name === '') throw badParameter(`tools[${index}].name`, 'must be a text')
    if (!isRecord(schema)) throw badParameter(`tools[${index}].input_schema`, 'must be an object')
    tools.push({
      name,
      parameters: schema,
      ...(typeof description === 'string' && { description }),
      ...(typeof tool.strict === 'boolean' && { strict: tool.strict }),
      ...readCache(tool.cache_control)
    })
  }
  return { tools, foreign }
}

/** Which tools may or must be called, and whether several at once. Throws `bad-request`. */
export function toToolChoice(value: unknown): { toolChoice?: ToolChoice; parallelToolCalls?: boolean } {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) throw badParameter('tool_choice', 'must be an object')
  const parallel = value.disable_parallel_tool_use === true ? { parallelToolCalls: false } : {}
  switch (value.type) {
    case 'auto':
      return { toolChoice: 'auto', ...parallel }
    case 'any':
      return { toolChoice: 'required', ...parallel }
    case 'none':
      return { toolChoice: 'none' }
    case 'tool':
      if (typeof value.name !== 'string') throw badParameter('tool_choice.name', 'must be a text')
      return { toolChoice: { name: value.name }, ...parallel }
    default:
      throw badParameter('tool_choice', 'must be auto, any, tool or none')
  }
}
