import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { toMessages } from './messages.ts'
import { commonRequest, type OllamaParameters } from './parameters.ts'

/** A request of https://docs.ollama.com/api/chat in no dialect. Throws `bad-request`. */
export function fromChat(body: Json, parameters: OllamaParameters): ChatRequest {
  const tools = toTools(body.tools)
  return {
    ...commonRequest(body, parameters, ['messages', 'tools']),
    messages: toMessages(body.messages),
    ...(tools.length > 0 && { tools })
  }
}

function toTools(tools: unknown): ChatTool[] {
  if (tools === undefined || tools === null) return []
  if (!Array.isArray(tools)) throw badParameter('tools', 'must be a list')
  return tools.map((tool: unknown, index) => {
    const { name, description, parameters } = isRecord(tool) && isRecord(tool.function) ? tool.function : {}
    if (typeof name !== 'string' || name === '') {
      throw badParameter(`tools[${index}].function.name`, 'must be a text')
    }
    return {
      name,
      parameters: isRecord(parameters) ? parameters : null,
      ...(typeof description === 'string' && { description })
    }
  })
}
