import type {
  ContentPart,
  PromptMessage,
  ReasoningPart,
  ToolCallPart,
  ToolResultPart
} from '../../spec/prompt.ts'
import { asObject, parseJson } from '../json.ts'
import type { ChatQuirks } from './vendor.ts'
import { joinTexts, type WirePart, writeContent } from './write-content.ts'
import { writeReasoningDetails, writeThinkingBlocks } from './write-reasoning.ts'

export type WireMessage = Readonly<Record<string, unknown>>

/** The messages of a request. What cannot be carried is named in `warnings`. */
export function writeMessages(
  messages: readonly PromptMessage[],
  quirks: ChatQuirks,
  warnings: Set<string>
): WireMessage[] {
  const written: WireMessage[] = []
  /** Pictures that tools gave back, until the last result of the turn is written: nothing may stand between results. */
  let pictures: ContentPart[] = []
  const showPictures = (before: readonly ContentPart[] = []) => {
    const content = [...pictures, ...before]
    pictures = []
    return content
  }
  for (const { role, content } of messages) {
    if (role === 'tool') {
      for (const part of content) {
        if (part.type !== 'tool-result') continue
        const { message, left } = writeToolResult(part, quirks, warnings)
        written.push(message)
        pictures.push(...left)
      }
      continue
    }
    if (role === 'user') {
      written.push({ role, content: writeContent(showPictures(content), quirks, warnings) })
      continue
    }
    if (pictures.length > 0)
      written.push({ role: 'user', content: writeContent(showPictures(), quirks, warnings) })
    written.push(
      role === 'system'
        ? { role, content: writeContent(content, quirks, warnings) }
        : writeAssistant(content, quirks, warnings)
    )
  }
  if (pictures.length > 0)
    written.push({ role: 'user', content: writeContent(showPictures(), quirks, warnings) })
  return written
}

function writeAssistant(
  content: readonly ContentPart[],
  quirks: ChatQuirks,
  warnings: Set<string>
): WireMessage {
  const spoken = content.filter((part) => {
    if (part.type !== 'image' && part.type !== 'audio' && part.type !== 'document') return true
    warnings.add(`the assistant's ${part.type} was dropped`)
    return false
  })
  const calls = content.filter((part) => part.type === 'tool-call')
  const text = writeContent(spoken, quirks, warnings)
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...writeReasoning(
      content.filter((part) => part.type === 'reasoning'),
      calls,
      quirks
    ),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => writeToolCall(call, quirks)) })
  }
}

function writeReasoning(
  parts: readonly ReasoningPart[],
  calls: readonly ToolCallPart[],
  { replay }: ChatQuirks
) {
  const text = joinTexts(parts.map((part) => part.text))
  if (replay === 'reasoning_details') {
    const details = writeReasoningDetails(parts, calls)
    return details.length > 0 ? { reasoning_details: details } : {}
  }
  if (replay === 'thinking_blocks') {
    const blocks = writeThinkingBlocks(parts)
    return {
      ...(text !== '' && { reasoning_content: text }),
      ...(blocks.length > 0 && { thinking_blocks: blocks })
    }
  }
  const wanted = replay === 'reasoning_content' || (replay === 'with-tool-calls' && calls.length > 0)
  return wanted && text !== '' ? { reasoning_content: text } : {}
}

function writeToolCall(
  { id, name, arguments: text, signature }: ToolCallPart,
  { replay }: ChatQuirks
): WirePart {
  return {
    id,
    type: 'function',
    function: { name, arguments: asArguments(text) },
    ...(replay === 'extra_content' &&
      signature?.vendor === 'google' && { extra_content: { google: { thought_signature: signature.value } } })
  }
}

/** Servers parse the arguments, and refuse a request whose own are no JSON object; a model may have written such. */
function asArguments(text: string): string {
  if (text.trim() === '') return '{}'
  return asObject(parseJson(text)) ? text : JSON.stringify({ invalid_json: text })
}

function writeToolResult(part: ToolResultPart, quirks: ChatQuirks, warnings: Set<string>) {
  const held = quirks.toolResultImages
    ? part.content
    : part.content.filter(({ type }) => type === 'text' || type === 'unsupported')
  const shown = part.content.filter((each) => !held.includes(each))
  const content = writeContent(held, quirks, warnings)
  const left: ContentPart[] =
    shown.length === 0
      ? []
      : [{ type: 'text', text: `What the tool call ${part.callId} gave back:` }, ...shown]
  const message = {
    role: 'tool',
    tool_call_id: part.callId,
    content: typeof content === 'string' ? resultText(content, part.isError, left.length > 0) : content
  }
  return { message, left }
}

/** The dialect has no mark for a result that is an error, so its text says it. */
function resultText(text: string, isError: boolean, hasMore: boolean): string {
  if (isError) return /^\W*error/i.test(text) ? text : `Error: ${text || 'the tool failed.'}`
  return text === '' && hasMore ? 'See the next message.' : text
}
