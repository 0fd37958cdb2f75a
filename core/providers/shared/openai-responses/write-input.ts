import type { ContentPart, PromptMessage, ReasoningPart, ToolResultPart } from '../../spec/prompt.ts'
import { dropped } from '../written-content.ts'
import { type WireItem, writeInputContent } from './write-content.ts'

/** The `input` of a request. Reasoning goes along where OpenAI encrypted it; any other is left out. */
export function writeInput(messages: readonly PromptMessage[], warnings: string[]): WireItem[] {
  return messages.flatMap(({ role, content }) => {
    if (role === 'assistant') return writeAssistant(content, warnings)
    const results = content.filter((part) => part.type === 'tool-result')
    const said = content.filter((part) => part.type !== 'tool-result')
    const items = results.map((result) => writeResult(result, warnings))
    const written = writeInputContent(said, warnings)
    if (written.length > 0)
      items.push({ type: 'message', role: role === 'tool' ? 'user' : role, content: written })
    return items
  })
}

/** An assistant's turn is a row of items; texts that follow one another are one message. */
function writeAssistant(content: readonly ContentPart[], warnings: string[]): WireItem[] {
  const items: WireItem[] = []
  let texts: WireItem[] | null = null
  for (const part of content) {
    if (part.type === 'text') {
      if (!texts) {
        texts = []
        items.push({ type: 'message', role: 'assistant', content: texts })
      }
      texts.push({ type: 'output_text', text: part.text })
      continue
    }
    texts = null
    if (part.type === 'reasoning') items.push(...writeReasoning(part))
    else if (part.type === 'tool-call') {
      items.push({
        type: 'function_call',
        call_id: part.id,
        name: part.name,
        arguments: part.arguments === '' ? '{}' : part.arguments
      })
    } else warnings.push(dropped(part))
  }
  return items
}

function writeReasoning({ text, signature }: ReasoningPart): WireItem[] {
  if (signature?.vendor !== 'openai') return []
  const summary = text === '' ? [] : [{ type: 'summary_text', text }]
  return [{ type: 'reasoning', summary, encrypted_content: signature.value }]
}

function writeResult({ callId, content }: ToolResultPart, warnings: string[]): WireItem {
  const parts = writeInputContent(content, warnings)
  const texts = content.flatMap((part) => (part.type === 'text' ? part.text : []))
  const output = texts.length === parts.length ? texts.join('') : parts
  return { type: 'function_call_output', call_id: callId, output }
}
