import { z } from 'zod'
import type { Attributes, AttributeValue } from './otlp-span.ts'
import { jsonIn, listAt, textOf } from './semantic-attributes.ts'

/** A message as OpenAI's chat completions write it: what the app can show, search and send again. */
export interface Message {
  role: string
  content: string
  tool_calls?: ToolCall[]
  tool_call_id?: string
}

interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** What a model was asked: OpenTelemetry's messages, OpenInference's, or the numbered ones from before both. */
export function inputMessages(attributes: Attributes): Message[] {
  const instructions = partsOf(jsonIn(attributes['gen_ai.system_instructions']))
  const system = textIn(instructions)
  const messages = [
    ...messagesOf(attributes['gen_ai.input.messages']),
    ...listAt(attributes, 'llm.input_messages').map(openInferenceMessage),
    ...listAt(attributes, 'gen_ai.prompt').map(numberedMessage)
  ]
  return system === '' ? messages : [{ role: 'system', content: system }, ...messages]
}

/** What it answered. */
export const outputMessages = (attributes: Attributes): Message[] => [
  ...messagesOf(attributes['gen_ai.output.messages']),
  ...listAt(attributes, 'llm.output_messages').map(openInferenceMessage),
  ...listAt(attributes, 'gen_ai.completion').map(numberedMessage)
]

/** Of OpenTelemetry 1.41: opentelemetry.io/docs/specs/semconv/gen-ai, gen-ai-input-messages.json. */
const part = z.looseObject({
  type: z.string().catch('text'),
  content: z.unknown().optional(),
  id: z.string().nullish().catch(null),
  name: z.string().catch(''),
  arguments: z.unknown().optional(),
  response: z.unknown().optional(),
  result: z.unknown().optional()
})
type Part = z.infer<typeof part>
const messages = z.array(z.looseObject({ role: z.string().catch('user'), parts: z.unknown() }))

function messagesOf(attribute: AttributeValue | undefined): Message[] {
  const read = messages.safeParse(jsonIn(attribute))
  if (!read.success) return []
  return read.data.flatMap((message) => {
    const parts = partsOf(message.parts ?? message.content)
    const answers = parts.filter(({ type }) => type === 'tool_call_response')
    if (answers.length > 0) return answers.map(toolAnswer)
    return withCalls({ role: message.role, content: textIn(parts) }, parts.filter(isToolCall).map(toolCall))
  })
}

function partsOf(value: unknown): Part[] {
  if (typeof value === 'string') return [part.parse({ content: value })]
  const parts = z.array(part).safeParse(value)
  return parts.success ? parts.data : []
}

const textIn = (parts: readonly Part[]): string =>
  parts
    .filter(({ type }) => type === 'text')
    .map(({ content, text }) => written(content ?? text))
    .join('\n')

const isToolCall = ({ type }: Part): boolean => type === 'tool_call'
const toolCall = ({ id, name, arguments: given }: Part): ToolCall => ({
  id: id ?? '',
  type: 'function',
  function: { name, arguments: written(given) }
})
const toolAnswer = ({ id, response, result }: Part): Message => ({
  role: 'tool',
  content: written(response ?? result),
  ...(id && { tool_call_id: id })
})

function openInferenceMessage(message: Attributes): Message {
  const contents = listAt(message, 'message.contents').flatMap(
    (item) => textOf(item, 'message_content.text') ?? []
  )
  const calls = listAt(message, 'message.tool_calls').map(
    (call): ToolCall => ({
      id: textOf(call, 'tool_call.id') ?? '',
      type: 'function',
      function: {
        name: textOf(call, 'tool_call.function.name') ?? '',
        arguments: written(call['tool_call.function.arguments'])
      }
    })
  )
  const answered = textOf(message, 'message.tool_call_id')
  return {
    role: textOf(message, 'message.role') ?? 'user',
    content: textOf(message, 'message.content') ?? contents.join('\n'),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(answered !== null && { tool_call_id: answered })
  }
}

const numberedMessage = (message: Attributes): Message => ({
  role: textOf(message, 'role') ?? 'assistant',
  content: written(message.content)
})

const withCalls = (message: Message, calls: ToolCall[]): Message =>
  calls.length === 0 ? message : { ...message, tool_calls: calls }

/** A value as text: JSON where it is none. */
export function written(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
