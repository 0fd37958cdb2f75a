import { prependText } from '../../lib/edit-json.ts'
import type { ChatRequest, WireRequest } from '../../providers/spec/chat.ts'
import type { PromptMessage } from '../../providers/spec/prompt.ts'
import type { WireTurn } from './user-turns.ts'

/**
 * Puts a prompt in front of the last words of the user, in the same turn. There, and not in the system prompt: what stands
 * before it is the same in the next call, and vendors' caches of prompts hold as long as it is. A message of its own would
 * break the turns that some models insist on. Of the client's bytes no other changes.
 */
export function groundWire(wire: WireRequest, { path }: WireTurn, prompt: string): WireRequest | null {
  const body = prependText(wire.body, path, prompt)
  return body && { ...wire, body, json: JSON.parse(body.toString()) }
}

/** The same for a request in no dialect. */
export function groundRequest(request: ChatRequest, prompt: string): ChatRequest {
  const at = request.messages.findLastIndex((message) => lastText(message) !== -1)
  const messages = request.messages.map((message, index) =>
    index === at ? withPrompt(message, prompt) : message
  )
  return { ...request, messages }
}

const lastText = ({ role, content }: PromptMessage): number =>
  role === 'user' ? content.findLastIndex((part) => part.type === 'text' && part.text.trim() !== '') : -1

function withPrompt(message: PromptMessage, prompt: string): PromptMessage {
  const at = lastText(message)
  const content = message.content.map((part, index) =>
    index === at && part.type === 'text' ? { ...part, text: prompt + part.text } : part
  )
  return { ...message, content }
}
