import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readCustomTool } from './custom-tools.ts'

type ToolFields = Pick<ChatRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'>

/** The tools of a request, and how they may be called. OpenAI's built-in ones are named in `unmapped`. Throws `bad-request`. */
export function readTools(body: Json, unmapped: string[]): ToolFields {
  const tools = listOf(body.tools).flatMap((tool, index) => readTool(tool, `tools[${index}]`, unmapped))
  const fields: ToolFields = {}
  if (tools.length > 0) fields.tools = tools
  if (typeof body.parallel_tool_calls === 'boolean') fields.parallelToolCalls = body.parallel_tool_calls
  return { ...fields, ...readToolChoice(body.tool_choice, tools, unmapped) }
}

/** The names of the tools that take free text. */
export function customToolNames(tools: unknown): ReadonlySet<string> {
  return new Set(
    listOf(tools).flatMap((tool) =>
      isRecord(tool) && tool.type === 'custom' && typeof tool.name === 'string' ? tool.name : []
    )
  )
}

function listOf(tools: unknown): readonly unknown[] {
  if (tools === undefined || tools === null) return []
  if (!Array.isArray(tools)) throw badParameter('tools', 'must be a list')
  return tools
}

function readTool(tool: unknown, place: string, unmapped: string[]): ChatTool[] {
  if (!isRecord(tool) || typeof tool.type !== 'string') throw badParameter(place, 'must have a type')
  const { type, name, description, parameters, strict } = tool
  if (type !== 'function' && type !== 'custom') {
    unmapped.push(`tools.${type}`)
    return []
  }
  if (typeof name !== 'string' || name === '') throw badParameter(`${place}.name`, 'must be a text')
  if (type === 'custom') return [readCustomTool(tool, name)]
  if (parameters !== undefined && parameters !== null && !isRecord(parameters)) {
    throw badParameter(`${place}.parameters`, 'must be a JSON schema')
  }
  return [
    {
      name,
      parameters: parameters ?? null,
      ...(typeof description === 'string' && { description }),
      ...(typeof strict === 'boolean' && { strict })
    }
  ]
}

function readToolChoice(choice: unknown, tools: readonly ChatTool[], unmapped: string[]): ToolFields {
  if (choice === undefined || choice === null) return {}
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { toolChoice: choice }
  if (!isRecord(choice)) throw badParameter('tool_choice', 'must be none, auto, required, or name a tool')
  if (choice.type === 'allowed_tools') {
    // a choice among some of the tools is a choice among only those
    const names: ReadonlySet<unknown> = new Set(
      listOf(choice.tools).map((tool) => (isRecord(tool) ? tool.name : null))
    )
    return {
      tools: tools.filter(({ name }) => names.has(name)),
      toolChoice: choice.mode === 'required' ? 'required' : 'auto'
    }
  }
  if (typeof choice.name === 'string' && tools.some(({ name }) => name === choice.name)) {
    return { toolChoice: { name: choice.name } }
  }
  unmapped.push('tool_choice')
  return {}
}
