import { addressOf, dropped, textOf } from '../shared/written-content.ts'
import type { ContentPart, PromptMessage, ToolResultPart } from '../spec/prompt.ts'

/** A text that answers may be grounded on, and cite. */
export interface CohereDocument {
  data: { text: string; title?: string }
}

export interface WrittenMessages {
  messages: unknown[]
  documents: CohereDocument[]
}

/** Messages as Cohere takes them; text documents go beside them, and what it cannot take is named in `warnings`. */
export function writeMessages(messages: readonly PromptMessage[], warnings: string[]): WrittenMessages {
  const documents: CohereDocument[] = []
  return { messages: messages.flatMap((message) => writeMessage(message, documents, warnings)), documents }
}

function writeMessage(
  { role, content }: PromptMessage,
  documents: CohereDocument[],
  warnings: string[]
): unknown[] {
  if (role === 'assistant') return writeAssistant(content, warnings)
  if (role === 'system') return [{ role, content: joinedText(content, warnings) }]
  if (role === 'user') return [{ role, content: writeUser(content, documents, warnings) }]
  return content.flatMap((part) => (part.type === 'tool-result' ? [writeResult(part, warnings)] : []))
}

function writeUser(
  content: readonly ContentPart[],
  documents: CohereDocument[],
  warnings: string[]
): unknown {
  const blocks = content.flatMap((part): unknown[] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }]
    // a file that was uploaded to another vendor cannot be read here
    if (part.type === 'image' && part.source.kind !== 'file') {
      const url = addressOf(part.source)
      return [{ type: 'image_url', image_url: { url, ...(part.detail && { detail: part.detail }) } }]
    }
    const document = textDocument(part)
    if (document) documents.push(document)
    else warnings.push(dropped(part))
    return []
  })
  const isText = content.every(({ type }) => type !== 'image')
  return isText ? content.map((part) => (part.type === 'text' ? part.text : '')).join('') : blocks
}

/** Nothing for a message of which nothing can be said again: Cohere refuses empty ones. */
function writeAssistant(content: readonly ContentPart[], warnings: string[]): unknown[] {
  let text = ''
  let plan = ''
  const calls: unknown[] = []
  for (const part of content) {
    if (part.type === 'text') text += part.text
    else if (part.type === 'reasoning') plan += part.text
    else if (part.type === 'tool-call') {
      const { id, name, arguments: args } = part
      calls.push({ id, type: 'function', function: { name, arguments: args === '' ? '{}' : args } })
    } else warnings.push(dropped(part))
  }
  if (text === '' && calls.length === 0) return []
  return [
    {
      role: 'assistant',
      ...(text !== '' && { content: text }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(calls.length > 0 && plan !== '' && { tool_plan: plan })
    }
  ]
}

function writeResult({ callId, content }: ToolResultPart, warnings: string[]): unknown {
  const documents: unknown[] = []
  let text = ''
  for (const part of content) {
    const document = textDocument(part)
    if (part.type === 'text') text += part.text
    else if (document) documents.push({ type: 'document', document })
    else warnings.push(dropped(part))
  }
  if (documents.length === 0) return { role: 'tool', tool_call_id: callId, content: text }
  const said = text === '' ? [] : [{ type: 'text', text }]
  return { role: 'tool', tool_call_id: callId, content: [...said, ...documents] }
}

function joinedText(content: readonly ContentPart[], warnings: string[]): string {
  for (const part of content) if (part.type !== 'text') warnings.push(dropped(part))
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

function textDocument(part: ContentPart): CohereDocument | null {
  const text = part.type === 'document' ? textOf(part.source) : null
  if (part.type !== 'document' || text === null) return null
  return { data: { text, ...(part.name && { title: part.name }) } }
}
