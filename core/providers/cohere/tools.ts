import type { ChatRequest } from '../spec/chat.ts'
import type { ChatTool } from '../spec/chat-options.ts'

/** The members of a body that are about tools. */
export interface WrittenTools {
  tools?: unknown[]
  strict_tools?: true
  tool_choice?: 'REQUIRED' | 'NONE'
}

/** Cohere can be held to some tool, not to one by its name: then that one is all it is given. */
export function writeTools(
  { tools = [], toolChoice, parallelToolCalls }: ChatRequest,
  warnings: string[]
): WrittenTools {
  if (tools.length === 0) return {}
  if (parallelToolCalls === false) warnings.push('parallel_tool_calls was dropped')
  const named = typeof toolChoice === 'object' ? toolChoice.name : null
  const offered = named === null ? tools : tools.filter(({ name }) => name === named)
  return {
    tools: offered.map(writeTool),
    ...(offered.some(({ strict }) => strict) && { strict_tools: true }),
    ...((named !== null || toolChoice === 'required') && { tool_choice: 'REQUIRED' }),
    ...(toolChoice === 'none' && { tool_choice: 'NONE' })
  }
}

function writeTool({ name, description, parameters }: ChatTool): unknown {
  return {
    type: 'function',
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: parameters ?? { type: 'object', properties: {} }
    }
  }
}
