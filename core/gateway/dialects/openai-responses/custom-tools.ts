import type { ChatTool } from '../../../providers/spec/chat-options.ts'
import { isRecord, type Json } from '../json-fields.ts'

// A custom tool takes free text, which no other dialect knows: there it is a function of one text, named `input`.

/** A custom tool as a function; a grammar that its input must follow is told in words. */
export function readCustomTool(tool: Json, name: string): ChatTool {
  const { description, format } = tool
  const grammar =
    isRecord(format) && format.type === 'grammar'
      ? `The input must follow this ${String(format.syntax)} grammar:\n${String(format.definition)}`
      : null
  const words = [typeof description === 'string' ? description : null, grammar].filter(
    (text) => text !== null
  )
  return {
    name,
    ...(words.length > 0 && { description: words.join('\n\n') }),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The input of the tool, as it is.' } },
      required: ['input'],
      additionalProperties: false
    }
  }
}

export function writeCustomInput(input: unknown): string {
  return JSON.stringify({ input: typeof input === 'string' ? input : '' })
}

/** The free text in the arguments of such a call; arguments of any other form are the input themselves. */
export function readCustomInput(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value) && typeof value.input === 'string') return value.input
  } catch {
    // a model that ignored the schema wrote the input right away
  }
  return text
}
