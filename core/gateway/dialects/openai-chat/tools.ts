import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import type { CacheTtl } from '../../../providers/spec/prompt.ts'
import { allowedTools, listOf, readFunction, type ToolFields, toolFields } from '../function-tools.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'

/** Whether a request defines its tools as `functions`, as was done before there were tools; it is answered in that form. */
export function usesFunctions(body: Json): boolean {
  return Array.isArray(body.functions) && body.tools === undefined
}

/** The tools of a request, and how they may be called. What is no function is named in `unmapped`. Throws `bad-request`. */
export function readTools(body: Json, unmapped: string[]): ToolFields {
  if (usesFunctions(body)) return readFunctions(body)
  const tools = listOf(body.tools, 'tools').flatMap((tool, index) =>
    readTool(tool, `tools[${index}]`, unmapped)
  )
  return { ...toolFields(body, tools), ...readToolChoice(body.tool_choice, tools, unmapped) }
}

/** Only one function could be called in an answer. */
function readFunctions(body: Json): ToolFields {
  const tools = listOf(body.functions, 'functions').map((each, index) =>
    readDefinition(each, `functions[${index}]`)
  )
  const choice = body.function_call
  const fields: ToolFields = { tools, parallelToolCalls: false }
  if (choice === 'none' || choice === 'auto') fields.toolChoice = choice
  else if (isRecord(choice) && typeof choice.name === 'string') fields.toolChoice = { name: choice.name }
  else if (choice !== undefined && choice !== null) {
    throw badParameter('function_call', 'must be none, auto, or name a function')
  }
  return fields
}

function readTool(tool: unknown, place: string, unmapped: string[]): ChatTool[] {
  if (!isRecord(tool) || typeof tool.type !== 'string') throw badParameter(place, 'must have a type')
  if (tool.type !== 'function') {
    unmapped.push(`tools.${tool.type}`)
    return []
  }
  const cache = readCacheControl(tool.cache_control)
  return [{ ...readDefinition(tool.function, `${place}.function`), ...(cache && { cache }) }]
}

function readDefinition(definition: unknown, place: string): ChatTool {
  if (!isRecord(definition)) throw badParameter(place, 'must be an object')
  return readFunction(definition, place)
}

function readToolChoice(choice: unknown, tools: readonly ChatTool[], unmapped: string[]): ToolFields {
  if (choice === undefined || choice === null) return {}
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { toolChoice: choice }
  if (choice === 'any') return { toolChoice: 'required' } // Mistral's word
  if (isRecord(choice)) {
    if (choice.type === 'allowed_tools') return readAllowedTools(choice.allowed_tools, tools)
    if (choice.type === 'custom') {
      unmapped.push('tool_choice')
      return {}
    }
    const name = isRecord(choice.function) ? choice.function.name : choice.name
    if (typeof name === 'string') return { toolChoice: { name } }
  }
  throw badParameter('tool_choice', 'must be none, auto, required, or name a function')
}

function readAllowedTools(allowed: unknown, tools: readonly ChatTool[]): ToolFields {
  const list = isRecord(allowed) && Array.isArray(allowed.tools) ? allowed.tools : null
  if (!isRecord(allowed) || !list) throw badParameter('tool_choice.allowed_tools', 'must list tools')
  const names = list.map((tool) => (isRecord(tool) && isRecord(tool.function) ? tool.function.name : null))
  return allowedTools(tools, names, allowed.mode)
}

/** Anthropic's breakpoint of the prompt cache, which OpenRouter and LiteLLM take in this dialect too. */
export function readCacheControl(control: unknown): CacheTtl | null {
  if (!isRecord(control) || control.type !== 'ephemeral') return null
  return control.ttl === '1h' ? '1h' : '5m'
}
