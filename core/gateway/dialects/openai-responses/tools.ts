import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readCustomTool } from './custom-tools.ts'
import { plainName } from './tool-names.ts'

type ToolFields = Pick<ChatRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'>

/** The tools of a request, and how they may be called. OpenAI's built-in ones are named in `unmapped`. Throws `bad-request`. */
export function readTools(body: Json, unmapped: string[]): ToolFields {
  const tools = readList(body.tools, 'tools', unmapped)
  const fields: ToolFields = {}
  if (tools.length > 0) fields.tools = tools
  if (typeof body.parallel_tool_calls === 'boolean') fields.parallelToolCalls = body.parallel_tool_calls
  return { ...fields, ...readToolChoice(body.tool_choice, tools, unmapped) }
}

function listOf(tools: unknown, place: string): readonly unknown[] {
  if (tools === undefined || tools === null) return []
  if (!Array.isArray(tools)) throw badParameter(place, 'must be a list')
  return tools
}

function readList(tools: unknown, place: string, unmapped: string[], namespace?: string): ChatTool[] {
  return listOf(tools, place).flatMap((tool, index) =>
    readTool(tool, `${place}[${index}]`, unmapped, namespace)
  )
}

function readTool(tool: unknown, place: string, unmapped: string[], namespace?: string): ChatTool[] {
  if (!isRecord(tool) || typeof tool.type !== 'string') throw badParameter(place, 'must have a type')
  const { type, name, description, parameters, strict } = tool
  if (type === 'namespace' && namespace === undefined) return readNamespace(tool, place, unmapped)
  if (type !== 'function' && type !== 'custom') {
    unmapped.push(`tools.${type}`)
    return []
  }
  if (typeof name !== 'string' || name === '') throw badParameter(`${place}.name`, 'must be a text')
  const plain = plainName(namespace, name)
  if (type === 'custom') return [readCustomTool(tool, plain)]
  if (parameters !== undefined && parameters !== null && !isRecord(parameters)) {
    throw badParameter(`${place}.parameters`, 'must be a JSON schema')
  }
  return [
    {
      name: plain,
      parameters: parameters ?? null,
      ...(typeof description === 'string' && { description }),
      ...(typeof strict === 'boolean' && { strict })
    }
  ]
}

/** The tools of a namespace; what it says of them all is told with the first. */
function readNamespace(tool: Json, place: string, unmapped: string[]): ChatTool[] {
  const { name, description } = tool
  if (typeof name !== 'string' || name === '') throw badParameter(`${place}.name`, 'must be a text')
  const [first, ...others] = readList(tool.tools, `${place}.tools`, unmapped, name)
  if (!first || typeof description !== 'string' || description === '') return first ? [first, ...others] : []
  const words = [description, first.description].filter((text) => text !== undefined).join('\n\n')
  return [{ ...first, description: words }, ...others]
}

function readToolChoice(choice: unknown, tools: readonly ChatTool[], unmapped: string[]): ToolFields {
  if (choice === undefined || choice === null) return {}
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { toolChoice: choice }
  if (!isRecord(choice)) throw badParameter('tool_choice', 'must be none, auto, required, or name a tool')
  if (choice.type === 'allowed_tools') {
    // a choice among some of the tools is a choice among only those
    const names: ReadonlySet<unknown> = new Set(listOf(choice.tools, 'tool_choice.tools').map(nameOf))
    return {
      tools: tools.filter(({ name }) => names.has(name)),
      toolChoice: choice.mode === 'required' ? 'required' : 'auto'
    }
  }
  const chosen = nameOf(choice)
  if (chosen !== null && tools.some(({ name }) => name === chosen)) return { toolChoice: { name: chosen } }
  unmapped.push('tool_choice')
  return {}
}

const nameOf = (tool: unknown): string | null =>
  isRecord(tool) && typeof tool.name === 'string' ? plainName(tool.namespace, tool.name) : null
