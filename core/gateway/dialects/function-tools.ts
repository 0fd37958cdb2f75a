import type { ChatRequest } from '../../providers/spec/chat.ts'
import type { ChatTool } from '../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from './json-fields.ts'

// What OpenAI's dialects for chats have in common: their members of a function, and of the choice among some.

export type ToolFields = Pick<ChatRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'>

/** A member that must be a list where it is given. Throws `bad-request`. */
export function listIn(body: Json, name: string): readonly unknown[] {
  const list = body[name] ?? []
  if (!Array.isArray(list)) throw badParameter(name, 'must be a list')
  return list
}

/** The function that a tool is. `place` says where it stands. Throws `bad-request`. */
export function readFunction({ name, description, parameters, strict }: Json, place: string): ChatTool {
  if (typeof name !== 'string' || name === '') throw badParameter(`${place}.name`, 'must be a text')
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
