import type { EngineChat } from '../../contract/engine-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import type { ChatTool } from '../../providers/spec/chat-options.ts'
import { toGrammarSchema } from './grammar-schema.ts'

type EngineTool = EngineChat['tools'][number]

/**
 * The tools of a request as the engine takes them. A call's arguments are held to their schema by a grammar, so `warnings`
 * names what no grammar can carry. Throws `bad-request` for a schema that is none, for two tools of one name, and where a
 * tool must be called that is not there.
 */
export function toEngineTools({ tools = [], toolChoice = 'auto' }: ChatRequest): {
  tools: EngineTool[]
  toolChoice: EngineChat['toolChoice']
  warnings: string[]
} {
  const names = new Set(tools.map(({ name }) => name))
  if (names.size < tools.length) throw refused('Two tools have the same name.', 'tools')
  if (toolChoice === 'required' && tools.length === 0)
    throw refused('tool_choice demands a tool, and there is none.', 'tool_choice')
  if (typeof toolChoice === 'object' && !names.has(toolChoice.name))
    throw refused('tool_choice demands a tool that is not among the tools.', 'tool_choice')

  const converted = tools.map(toEngineTool)
  return {
    tools: converted.map(({ tool }) => tool),
    toolChoice,
    warnings: converted.flatMap(({ tool, dropped }) =>
      dropped.map((word) => `${word} in the parameters of ${tool.name} is not enforced by on-device models`)
    )
  }
}

function toEngineTool({ name, description = '', parameters }: ChatTool): {
  tool: EngineTool
  dropped: string[]
} {
  if (parameters === null || isWithoutParameters(parameters))
    return { tool: { name, description, parameters: null }, dropped: [] }
  const place = { of: `the parameters of ${name}`, param: 'tools' }
  const { schema, dropped } = toGrammarSchema(parameters, place)
  return { tool: { name, description, parameters: schema }, dropped }
}

/** How most libraries describe a tool that takes nothing. As a grammar, it would let the model write what it likes. */
function isWithoutParameters({ properties, additionalProperties }: Readonly<Record<string, unknown>>) {
  if (typeof properties !== 'object' || properties === null || additionalProperties) return false
  return Object.keys(properties).length === 0
}

const refused = (message: string, param: string) => new HomeportError('bad-request', message, { param })
