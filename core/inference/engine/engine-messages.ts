import type { EngineMessage } from '../../contract/engine-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ContentPart, PromptMessage, ToolCallPart, ToolResultPart } from '../../providers/spec/prompt.ts'

/**
 * Messages as the engine takes them. What was thought before is not said again. A result is handed to the model as that of
 * the call it belongs to; where the conversation holds no such call, it is told in words, as the user's.
 * Throws `bad-request` for pictures, documents and sounds.
 */
export function toEngineMessages(messages: readonly PromptMessage[]): EngineMessage[] {
  const toolNames = new Map<string, string>()
  return messages.flatMap(({ role, content }): EngineMessage[] => {
    if (role === 'system') return [{ role, text: textOf(content) }]
    if (role === 'assistant') {
      const toolCalls = content.filter((part) => part.type === 'tool-call').map(toToolCall)
      for (const { id, name } of toolCalls) toolNames.set(id, name)
      return [{ role, text: textOf(content), toolCalls }]
    }
    const results = content.filter((part) => part.type === 'tool-result')
    const told = results.map((result) => toResult(result, toolNames))
    const text = textOf(content)
    return text === '' && told.length > 0 ? told : [...told, { role: 'user', text }]
  })
}

const toToolCall = ({ id, name, arguments: json }: ToolCallPart) => ({
  id,
  name,
  arguments: json.trim() === '' ? '{}' : json
})

function toResult(result: ToolResultPart, toolNames: ReadonlyMap<string, string>): EngineMessage {
  const { callId, isError } = result
  const words = textOf(result.content)
  const name = toolNames.get(callId)
  if (name !== undefined) return { role: 'tool', callId, name, text: isError ? `Error: ${words}` : words }
  return {
    role: 'user',
    text: `[${result.name ?? 'a tool'} ${isError ? 'failed' : 'returned'}: ${words}]`
  }
}

function textOf(content: readonly ContentPart[]): string {
  return content.map(wordsOf).join('')
}

function wordsOf(part: ContentPart): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      return ''
    default: {
      const kind = part.type === 'unsupported' ? part.kind : part.type
      throw new HomeportError('bad-request', `On-device models read text only, not ${kind}.`, {
        action: 'Leave it out, or choose a model that takes it.',
        param: 'messages'
      })
    }
  }
}
