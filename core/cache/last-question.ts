import type { Dialect } from '../providers/spec/chat.ts'

/** What a person asked last, and everything else of the request. */
export interface LastQuestion {
  text: string
  /** The body with null in the question's place. */
  rest: Record<string, unknown>
}

type Fields = Readonly<Record<string, unknown>>

/** Where a dialect has its messages, and a message what it says. */
const places: Partial<Record<Dialect, { messages: string; content: string }>> = {
  'openai-chat': { messages: 'messages', content: 'content' },
  'anthropic-messages': { messages: 'messages', content: 'content' },
  'ollama-chat': { messages: 'messages', content: 'content' },
  'openai-responses': { messages: 'input', content: 'content' },
  'google-generate': { messages: 'contents', content: 'parts' }
}

/**
 * The last message of a body, where it is a person's and one text and nothing else; null for any other. What comes with it
 * (names, marks for the provider's cache) stays in the rest.
 */
export function lastQuestion(dialect: Dialect, body: Fields): LastQuestion | null {
  const place = places[dialect]
  if (!place) return null
  const messages = body[place.messages]
  if (typeof messages === 'string') return { text: messages, rest: { ...body, [place.messages]: null } }
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : null
  if (!Array.isArray(messages) || !isFields(last) || (last.role ?? 'user') !== 'user') return null
  const asked = onlyText(last[place.content])
  if (!asked) return null
  const message = { ...last, [place.content]: asked.rest }
  return { text: asked.text, rest: { ...body, [place.messages]: [...messages.slice(0, -1), message] } }
}

function onlyText(content: unknown): { text: string; rest: unknown } | null {
  if (typeof content === 'string') return { text: content, rest: null }
  const part: unknown = Array.isArray(content) && content.length === 1 ? content[0] : null
  if (!isFields(part) || typeof part.text !== 'string') return null
  return { text: part.text, rest: [{ ...part, text: null }] }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
