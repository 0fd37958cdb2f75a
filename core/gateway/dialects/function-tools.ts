import type { ChatRequest } from '../../providers/spec/chat.ts'
import type { ChatTool } from '../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from './json-fields.ts'

// What OpenAI's dialects for chats have in common: their members of a function, and of the choice among some.

export type ToolFields = Pick<ChatRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'>

/** A list that may be absent. `place` says where it stands, as below. Throws `bad-request`. */
export function listOf(list: unknown, place: string): readonly unknown[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw badParameter(place, 'must be a list')
  return list
}

/** The name that everything called a tool must have. Throws `bad-request`. */
export function nameOf({ name }: Json, place: string): string {
  if (typeof name !== 'string' || name === '') throw badParameter(`${place}.name`, 'must be a text')
  return name
}

/** The function that a tool is. Throws `bad-request`. */
export function readFunction(definition: Json, place: string): ChatTool {
  const name = nameOf(definition, place)
  const { description, parameters, strict } = definition
  if (parameters !== undefined && parameters !== null && !isRecord(parameters)) {
    throw badParameter(`${place}.parameters`, 'must be a JSON schema')
  }
  return {
    name,
    parameters: parameters ?? null,
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict })
  }
}

/** The tools, and whether several may be called at once. */
export function toolFields(body: Json, tools: ChatTool[]): ToolFields {
  const { parallel_tool_calls: parallel } = body
  return {
    ...(tools.length > 0 && { tools }),
    ...(typeof parallel === 'boolean' && { parallelToolCalls: parallel })
  }
}

/** A choice among some of the tools is a choice among only those. */
export function allowedTools(
  tools: readonly ChatTool[],
  names: readonly unknown[],
  mode: unknown
): ToolFields {
  const allowed: ReadonlySet<unknown> = new Set(names)
  return {
    tools: tools.filter(({ name }) => allowed.has(name)),
    toolChoice: mode === 'required' ? 'required' : 'auto'
  }
}
