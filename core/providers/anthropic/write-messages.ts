import { asObject, parseJson } from '../shared/json.ts'
import { dropped } from '../shared/written-content.ts'
import type { ContentPart, PromptMessage, ReasoningPart, ToolCallPart } from '../spec/prompt.ts'
import {
  cacheControl,
  type WireBlock,
  type WriteNotes,
  writeBlock,
  writeBlocks,
  writeCallId
} from './write-content.ts'

interface WireMessage {
  role: 'user' | 'assistant'
  content: WireBlock[]
}

/**
 * The conversation as Messages takes it: system messages joined in front, roles in turn, the results of tools first in the
 * user message that follows their calls.
 */
export function writeMessages(
  prompt: readonly PromptMessage[],
  notes: WriteNotes
): { system: WireBlock[]; messages: WireMessage[] } {
  const system: WireBlock[] = []
  const messages: WireMessage[] = []
  for (const { role, content } of prompt) {
    if (role === 'system') {
      system.push(...writeBlocks(content, notes))
      continue
    }
    const wireRole = role === 'assistant' ? 'assistant' : 'user'
    const blocks = wireRole === 'assistant' ? writeAssistant(content, notes) : writeBlocks(content, notes)
    if (blocks.length === 0) continue
    const last = messages.at(-1)
    if (last?.role === wireRole) last.content.push(...blocks)
    else messages.push({ role: wireRole, content: blocks })
  }
  for (const message of messages) if (message.role === 'user') message.content = resultsFirst(message.content)
  trimEnd(messages.at(-1))
  if (messages.length > 0 || system.length === 0) return { system, messages }
  notes.warnings.add('the system message was sent as a user message, since there was no other')
  return { system: [], messages: [{ role: 'user', content: system }] }
}

function writeAssistant(parts: readonly ContentPart[], notes: WriteNotes): WireBlock[] {
  return parts.map((part) => writeSpoken(part, notes)).filter((block) => block !== null)
}

function writeSpoken(part: ContentPart, notes: WriteNotes): WireBlock | null {
  if (part.type === 'reasoning') return writeThought(part)
  if (part.type === 'tool-call') return writeCall(part)
  if (part.type === 'text') return writeBlock(part, notes)
  notes.warnings.add(dropped(part))
  return null
}

/** Only what Anthropic signed may be handed back to it. */
function writeThought({ text, signature, redacted }: ReasoningPart): WireBlock | null {
  if (signature?.vendor !== 'anthropic') return null
  return redacted
    ? { type: 'redacted_thinking', data: signature.value }
    : { type: 'thinking', thinking: text, signature: signature.value }
}

function writeCall({ id, name, arguments: json, cache }: ToolCallPart): WireBlock {
  return { type: 'tool_use', id: writeCallId(id), name, input: readInput(json), ...cacheControl(cache) }
}

/**
 * The arguments as the object that the wire holds. What is none goes under `INVALID_JSON`, the key that Anthropic's guide
 * to fine-grained tool streaming gives it, so that the model sees what it wrote.
 */
function readInput(json: string): WireBlock {
  if (json.trim() === '') return {}
  return asObject(parseJson(json)) ?? { INVALID_JSON: json }
}

function resultsFirst(blocks: readonly WireBlock[]): WireBlock[] {
  const isResult = ({ type }: WireBlock) => type === 'tool_result'
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))]
}

/** An answer that is to be continued must not end in white space: the API refuses it. */
function trimEnd(message: WireMessage | undefined): void {
  const last = message?.content.at(-1)
  if (message?.role !== 'assistant' || typeof last?.text !== 'string') return
  message.content.splice(-1, 1, { ...last, text: last.text.trimEnd() })
}
