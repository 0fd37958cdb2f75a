import type { JsonPath } from '../../lib/edit-json.ts'
import type { ChatRequest } from '../../providers/spec/chat.ts'

/** What a user said in one turn. */
export interface UserTurn {
  text: string
}

/** The same in a request's JSON, and where its last text stands. */
export interface WireTurn extends UserTurn {
  path: JsonPath
}

type Json = Readonly<Record<string, unknown>>

/** Where the dialects keep what was said. */
const promptKeys = ['messages', 'contents', 'input', 'prompt'] as const
const contentKeys = ['content', 'parts'] as const
/** Google's parts have no type; the Responses API calls its own `input_text`. */
const textTypes: ReadonlySet<unknown> = new Set([undefined, 'text', 'input_text'])

/**
 * The turns of a user in a request of any dialect, in their order. Turns without words (results of tools, which two dialects
 * put into a user's mouth) are none. Reads loosely: to check a request is its dialect's business.
 */
export function wireTurns(json: Json): WireTurn[] {
  const key = promptKeys.find((name) => json[name] !== undefined && json[name] !== null)
  if (key === undefined) return []
  const prompt = json[key]
  if (typeof prompt === 'string') return turnOf(prompt, [key])
  if (!Array.isArray(prompt)) return turnIn(prompt, [key])
  const [only, ...others] = prompt
  if (typeof only === 'string') return others.length === 0 ? turnOf(only, [key, 0]) : []
  return prompt.flatMap((message: unknown, index) => turnIn(message, [key, index]))
}

function turnIn(message: unknown, path: JsonPath): WireTurn[] {
  if (!isRecord(message) || (message.role ?? 'user') !== 'user') return []
  const key = contentKeys.find((name) => message[name] !== undefined && message[name] !== null)
  if (key === undefined) return []
  const content = message[key]
  if (typeof content === 'string') return turnOf(content, [...path, key])
  if (!Array.isArray(content)) return textOf(content).flatMap((text) => turnOf(text, [...path, key, 'text']))
  const texts = content.flatMap((part: unknown, index) => textOf(part).map((text) => ({ text, index })))
  const last = texts.at(-1)
  if (!last) return []
  return [{ text: texts.map(({ text }) => text).join('\n'), path: [...path, key, last.index, 'text'] }]
}

const turnOf = (text: string, path: JsonPath): WireTurn[] => (text.trim() === '' ? [] : [{ text, path }])

function textOf(part: unknown): string[] {
  if (!isRecord(part) || !textTypes.has(part.type)) return []
  return typeof part.text === 'string' && part.text.trim() !== '' ? [part.text] : []
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same of a request in no dialect. */
export function neutralTurns({ messages }: ChatRequest): UserTurn[] {
  return messages.flatMap(({ role, content }) => {
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
    return role === 'user' && text.trim() !== '' ? [{ text }] : []
  })
}
