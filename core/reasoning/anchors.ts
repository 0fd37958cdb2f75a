import { hash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { ContentPart, PromptMessage, ToolCallPart } from '../providers/spec/prompt.ts'

/** What the thoughts of one answer are found by. */
export interface AnswerAnchors {
  /** By the place of the call among the answer's tool calls. */
  calls: string[]
  /** Of an answer without tool calls; null where it has no text either. */
  text: string | null
}

/** Some servers count their calls anew in each conversation; ids this long are random. */
const UNIQUE_ID_CHARS = 20

/**
 * The anchors of every answer in a conversation, by the message's place; null for a message that is none. `scope` keeps
 * programs apart. A client that hands calls back without their ids (`keepsIds` is false), or whose model numbers them, has
 * them found by what was called in reply to which words.
 */
export function anchorsOf(
  messages: readonly PromptMessage[],
  { scope, keepsIds }: { scope: string; keepsIds: boolean }
): (AnswerAnchors | null)[] {
  let question = ''
  let sameCalls = new Map<string, number>()
  const anchorOf = (call: ToolCallPart): string => {
    if (keepsIds && call.id.length >= UNIQUE_ID_CHARS) return digest([scope, 'id', call.id, call.name])
    const asked = digest([scope, 'call', question, call.name, canonicalArguments(call.arguments)])
    const earlier = sameCalls.get(asked) ?? 0
    sameCalls.set(asked, earlier + 1)
    return `${asked} ${earlier}`
  }
  return messages.map(({ role, content }) => {
    if (role === 'user') {
      question = textOf(content)
      sameCalls = new Map()
    }
    if (role !== 'assistant') return null
    const calls = content.filter((part) => part.type === 'tool-call').map(anchorOf)
    const text = calls.length === 0 ? textOf(content).trim() : ''
    return { calls, text: text === '' ? null : digest([scope, 'text', text]) }
  })
}

const digest = (parts: readonly string[]): string => hash('sha256', JSON.stringify(parts), 'base64url')

const textOf = (content: readonly ContentPart[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('')

/** Clients parse arguments and write them anew. */
function canonicalArguments(text: string): string {
  try {
    return canonicalJson(JSON.parse(text || '{}'))
  } catch {
    return text
  }
}
