import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import { allowedTools, listOf, nameOf, readFunction, type ToolFields, toolFields } from '../function-tools.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readCustomTool } from './custom-tools.ts'
import { plainName } from './tool-names.ts'

/** The tools of a request, and how they may be called. OpenAI's built-in ones are named in `unmapped`. Throws `bad-request`. */
export function readTools(body: Json, unmapped: string[]): ToolFields {
  const tools = readList(body.tools, 'tools', unmapped)
  return { ...toolFields(body, tools), ...readToolChoice(body.tool_choice, tools, unmapped) }
}

function readList(tools: unknown, place: string, unmapped: string[], namespace?: string): ChatTool[] {
  return listOf(tools, place).flatMap((tool, index) =>
    readTool(tool, `${place}[${index}]`, unmapped, namespace)
  )
}

function readTool(tool: unknown, place: string, unmapped: string[], namespace?: string): ChatTool[] {
  if (!isRecord(tool) || typeof tool.type !== 'string') throw badParameter(place, 'must have a type')
  switch (tool.type) {
    case 'function': {
      const read = readFunction(tool, place)
      return [{ ...read, name: plainName(namespace, read.name) }]
    }
    case 'custom':
      return [readCustomTool(tool, plainName(namespace, nameOf(tool, place)))]
    case 'namespace':
      if (namespace === undefined) return readNamespace(tool, place, unmapped)
  }
  unmapped.push(`tools.${tool.type}`)
  return []
}

/** The tools of a namespace; what it says of them all is told with the first. */
function readNamespace(tool: Json, place: string, unmapped: string[]): ChatTool[] {
  const { description } = tool
  const name = nameOf(tool, place)
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
    const names = listOf(choice.tools, 'tool_choice.tools').map(calledName)
    return allowedTools(tools, names, choice.mode)
  }
  const chosen = calledName(choice)
  if (chosen !== null && tools.some(({ name }) => name === chosen)) return { toolChoice: { name: chosen } }
  unmapped.push('tool_choice')
  return {}
}

const calledName = (tool: unknown): string | null =>
  isRecord(tool) && typeof tool.name === 'string' ? plainName(tool.namespace, tool.name) : null
