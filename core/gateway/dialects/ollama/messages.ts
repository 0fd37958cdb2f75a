import type { ContentPart, PromptMessage, ToolCallPart } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { toImages } from './image.ts'

const roles: Readonly<Record<string, PromptMessage['role']>> = {
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool'
}

/** The messages of a chat in no dialect. Results of tools are matched to their calls. Throws `bad-request`. */
export function toMessages(messages: unknown): PromptMessage[] {
  if (!Array.isArray(messages)) throw badParameter('messages', 'must be a list')
  const open: ToolCallPart[] = []
  return messages.map((message: unknown, index) => {
    const place = `messages[${index}]`
    if (!isRecord(message)) throw badParameter(place, 'must be an object')
    const role = typeof message.role === 'string' ? message.role : ''
    const known = Object.hasOwn(roles, role) ? roles[role] : undefined
    if (known === undefined) throw badParameter(`${place}.role`, 'must be system, user, assistant or tool')
    if (known === 'tool') return { role: known, content: [toResult(message, place, open)] }
    const calls = toToolCalls(message.tool_calls, index)
    // a new round of calls: what was left unanswered of the one before will not be answered any more
    if (calls.length > 0) open.splice(0, open.length, ...calls)
    return { role: known, content: [...toThoughts(message), ...toContent(message, place), ...calls] }
  })
}

function toThoughts({ thinking }: Json): ContentPart[] {
  return typeof thinking === 'string' && thinking !== '' ? [{ type: 'reasoning', text: thinking }] : []
}

function toContent({ content, images }: Json, place: string): ContentPart[] {
  if (content !== undefined && content !== null && typeof content !== 'string') {
    throw badParameter(`${place}.content`, 'must be a text')
  }
  const parts = toImages(images, `${place}.images`)
  return content ? [{ type: 'text', text: content }, ...parts] : parts
}

/**
 * Calls have ids only where the client kept those that Homeport answered with. The others get one made of their place, so
 * that the same conversation is the same request in every turn: prompt caches depend on it.
 */
function toToolCalls(calls: unknown, message: number): ToolCallPart[] {
  if (calls === undefined || calls === null) return []
  if (!Array.isArray(calls)) throw badParameter(`messages[${message}].tool_calls`, 'must be a list')
  return calls.map((call: unknown, index) => {
    const wire = isRecord(call) ? call : {}
    const { name, arguments: given } = isRecord(wire.function) ? wire.function : {}
    if (typeof name !== 'string' || name === '') {
      throw badParameter(`messages[${message}].tool_calls[${index}].function.name`, 'must be a text')
    }
    const id = typeof wire.id === 'string' && wire.id !== '' ? wire.id : `call_${message}_${index}`
    return { type: 'tool-call', id, name, arguments: toArguments(given) }
  })
}

/** The dialect sends an object; a text is what other dialects' clients send, and is JSON already. */
function toArguments(given: unknown): string {
  return typeof given === 'string' ? given : JSON.stringify(given ?? {})
}

/** Takes the call that a result answers out of those still open: by id, else by name, else the first. */
function toResult(message: Json, place: string, open: ToolCallPart[]): ContentPart {
  const { tool_call_id: id, tool_name: toolName, name: oldName } = message
  const name = toolName ?? oldName
  const at = [
    open.findIndex((call) => call.id === id),
    open.findIndex((call) => call.name === name),
    name === undefined && id === undefined ? 0 : -1
  ].find((index) => index !== -1)
  const call = at === undefined ? undefined : open[at]
  if (at === undefined || call === undefined) {
    throw badParameter(place, 'is the result of a tool that no message before it calls')
  }
  open.splice(at, 1)
  const content = toContent(message, place)
  return { type: 'tool-result', callId: call.id, name: call.name, content, isError: false }
}
