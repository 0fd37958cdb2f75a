import type { ChatTool, OutputFormat, ToolChoice } from '../../spec/chat-options.ts'
import type { ChatQuirks } from './vendor.ts'
import { cacheControl, type WirePart } from './write-content.ts'

export function writeTool(
  { name, description, parameters, strict, cache }: ChatTool,
  quirks: ChatQuirks
): WirePart {
  return {
    type: 'function',
    function: {
      name,
      ...(description !== undefined && { description }),
      ...(parameters !== null && { parameters }),
      ...(strict !== undefined && { strict })
    },
    ...(quirks.cacheControl && cache !== undefined && { cache_control: cacheControl(cache) })
  }
}

export function writeToolChoice(choice: ToolChoice): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}

export function writeFormat(output: OutputFormat): unknown {
  if (output === 'text') return undefined
  if (output === 'json') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: output }
}
