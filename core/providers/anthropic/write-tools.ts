import type { ChatRequest } from '../spec/chat.ts'
import type { ChatTool } from '../spec/chat-options.ts'
import type { ModelTraits } from './model-traits.ts'
import { toStructuredSchema } from './structured-schema.ts'
import { cacheControl, type WireBlock, type WriteNotes } from './write-content.ts'

/** `tools` and `tool_choice`; both absent where there is no tool. */
export function writeTools(
  { tools = [], toolChoice, parallelToolCalls }: ChatRequest,
  traits: ModelTraits,
  notes: WriteNotes
): { tools?: WireBlock[]; tool_choice?: WireBlock } {
  if (tools.length === 0) return {}
  const choice = writeChoice(toolChoice, parallelToolCalls)
  return {
    tools: tools.map((tool) => writeTool(tool, traits, notes)),
    ...(choice && { tool_choice: choice })
  }
}

function writeTool(tool: ChatTool, { structured }: ModelTraits, { warnings }: WriteNotes): WireBlock {
  const strict = tool.strict === true && structured
  if (tool.strict && !structured) warnings.add('strict was dropped')
  // a schema must say that it is an object's
  const schema = { type: 'object', ...(tool.parameters ?? { properties: {} }) }
  return {
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    input_schema: strict ? toStructuredSchema(schema, warnings) : schema,
    ...(strict && { strict }),
    ...cacheControl(tool.cache)
  }
}

function writeChoice(choice: ChatRequest['toolChoice'], parallel: boolean | undefined): WireBlock | null {
  if (choice === 'none') return { type: 'none' }
  const single = parallel === false ? { disable_parallel_tool_use: true } : {}
  if (typeof choice === 'object') return { type: 'tool', name: choice.name, ...single }
  if (choice === 'required') return { type: 'any', ...single }
  return choice === undefined && parallel !== false ? null : { type: 'auto', ...single }
}

/** The model must call a tool, so that it cannot think first. */
export const forcesTool = ({ tools = [], toolChoice }: ChatRequest): boolean =>
  tools.length > 0 && (toolChoice === 'required' || typeof toolChoice === 'object')
