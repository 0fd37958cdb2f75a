import type { EngineChat } from '../../contract/inference-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ContentPart, PromptMessage, ToolCallPart, ToolResultPart } from '../../providers/spec/prompt.ts'

/**
 * Messages as the engine takes them: texts of a system, a user and an assistant. What tools did before is said in words,
 * a line each, so that a conversation that another model began can be gone on with:
 *
 *     assistant: [called weather with {"city":"Oslo"}]
 *     user:      [weather returned: 3 °C]
 *
 * Throws `bad-request` for pictures, documents and sounds.
 */
export function toEngineMessages(messages: readonly PromptMessage[]): EngineChat['messages'] {
  const toolNames = new Map(messages.flatMap(toolCallsOf).map(({ id, name }) => [id, name]))
  return messages.map(({ role, content }) => ({
    role: role === 'tool' ? 'user' : role,
    text: linesOf(content, toolNames)
  }))
}

/** Whether some of them are about tools. */
export const areAboutTools = (messages: readonly PromptMessage[]): boolean =>
  messages.some(({ content }) => content.some(isAboutTools))

const isAboutTools = ({ type }: ContentPart): boolean => type === 'tool-call' || type === 'tool-result'

const toolCallsOf = ({ content }: PromptMessage): ToolCallPart[] =>
  content.filter((part) => part.type === 'tool-call')

/** Texts follow each other as they are; what is about tools stands on a line of its own. */
function linesOf(content: readonly ContentPart[], toolNames: ReadonlyMap<string, string>): string {
  const lines: string[] = []
  let isOpen = false
  for (const part of content) {
    const text = textOf(part, toolNames)
    if (text === '') continue
    if (isOpen && !isAboutTools(part)) lines.push((lines.pop() ?? '') + text)
    else lines.push(text)
    isOpen = !isAboutTools(part)
  }
  return lines.join('\n')
}

function textOf(part: ContentPart, toolNames: ReadonlyMap<string, string>): string {
  switch (part.type) {
    case 'text':
      return part.text
    // what was thought before is not said again
    case 'reasoning':
      return ''
    case 'tool-call':
      return `[called ${part.name} with ${part.arguments || '{}'}]`
    case 'tool-result':
      return `[${resultOf(part, toolNames)}]`
    default: {
      const kind = part.type === 'unsupported' ? part.kind : part.type
      throw new HomeportError('bad-request', `On-device models read text only, not ${kind}.`, {
        action: 'Leave it out, or choose a model that takes it.',
        param: 'messages'
      })
    }
  }
}

function resultOf(result: ToolResultPart, toolNames: ReadonlyMap<string, string>): string {
  const name = result.name ?? toolNames.get(result.callId) ?? 'the tool'
  const words = result.content.map((part) => textOf(part, toolNames)).join('')
  return `${name} ${result.isError ? 'failed' : 'returned'}: ${words}`
}
