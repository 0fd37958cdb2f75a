import type {
  ContentPart,
  PromptMessage,
  ToolCallPart,
  VendorSignature
} from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readContent } from './content.ts'
import { readEarlierReasoning } from './reasoning.ts'

/** Members of a message that say something for which there is no neutral place. */
const unmappedMembers = ['name', 'prefix', 'partial', 'audio']

/** The messages of a request, in no dialect. Members without a place are named in `unmapped`. Throws `bad-request`. */
export function readMessages(list: unknown, unmapped: string[]): PromptMessage[] {
  const functions = new FunctionCallIds()
  const messages = Array.isArray(list) ? list : []
  return messages.map((value, index) => {
    const place = `messages[${index}]`
    const message = isRecord(value) ? value : {}
    nameUnmapped(message, unmapped)
    return readMessage(message, place, functions)
  })
}

function readMessage(message: Json, place: string, functions: FunctionCallIds): PromptMessage {
  const content = () => readContent(message.content, `${place}.content`)
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: content() }
    case 'user':
      return { role: 'user', content: content() }
    case 'assistant':
      return { role: 'assistant', content: readAssistant(message, content(), place, functions) }
    case 'tool':
      return toolResult(callIdOf(message, place), nameOf(message), content())
    case 'function':
      return toolResult(functions.answered(nameOf(message) ?? ''), nameOf(message), content())
    default:
      throw badParameter(`${place}.role`, 'is not a role that Homeport knows')
  }
}

function toolResult(callId: string, name: string | null, content: ContentPart[]): PromptMessage {
  const result = { callId, ...(name !== null && { name }), content, isError: false }
  return { role: 'tool', content: [{ type: 'tool-result', ...result }] }
}

function callIdOf(message: Json, place: string): string {
  const id = message.tool_call_id
  if (typeof id !== 'string' || id === '') throw badParameter(`${place}.tool_call_id`, 'must be a text')
  return id
}

const nameOf = ({ name }: Json): string | null => (typeof name === 'string' && name !== '' ? name : null)

function readAssistant(
  message: Json,
  content: ContentPart[],
  place: string,
  functions: FunctionCallIds
): ContentPart[] {
  const { parts: reasoning, ofCalls } = readEarlierReasoning(message)
  const said: ContentPart[] =
    content.length === 0 && typeof message.refusal === 'string' && message.refusal !== ''
      ? [{ type: 'text', text: message.refusal }]
      : content
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : []
  const parts = [
    ...reasoning,
    ...said,
    ...calls.map((call, index) => readToolCall(call, `${place}.tool_calls[${index}]`, ofCalls))
  ]
  if (isRecord(message.function_call)) {
    const { name, arguments: text } = readFunction(message.function_call, `${place}.function_call`)
    parts.push({ type: 'tool-call', id: functions.called(name), name, arguments: text })
  }
  return parts
}

function readToolCall(
  value: unknown,
  place: string,
  signatures: ReadonlyMap<string, VendorSignature>
): ContentPart {
  if (!isRecord(value)) throw badParameter(place, 'must be an object')
  if (value.type !== undefined && value.type !== 'function') {
    return { type: 'unsupported', kind: `tool_calls.${value.type}` }
  }
  if (typeof value.id !== 'string' || value.id === '') throw badParameter(`${place}.id`, 'must be a text')
  const { name, arguments: text } = readFunction(value.function, `${place}.function`)
  const signature = googleSignature(value) ?? signatures.get(value.id)
  const call: ToolCallPart = { type: 'tool-call', id: value.id, name, arguments: text }
  return signature === undefined ? call : { ...call, signature }
}

function readFunction(value: unknown, place: string): { name: string; arguments: string } {
  if (!isRecord(value) || typeof value.name !== 'string') throw badParameter(place, 'must name a function')
  const text = value.arguments ?? ''
  if (typeof text === 'string') return { name: value.name, arguments: text }
  if (isRecord(text)) return { name: value.name, arguments: JSON.stringify(text) }
  throw badParameter(`${place}.arguments`, 'must be the text of a JSON object')
}

/** Where Google's OpenAI-compatible endpoint writes it: https://ai.google.dev/gemini-api/docs/thought-signatures */
function googleSignature({ extra_content: extra }: Json): VendorSignature | undefined {
  const google = isRecord(extra) ? extra.google : null
  const value = isRecord(google) ? google.thought_signature : null
  return typeof value === 'string' && value !== '' ? { vendor: 'google', value } : undefined
}

function nameUnmapped(message: Json, unmapped: string[]): void {
  for (const member of unmappedMembers) {
    const value = message[member]
    const isResultName = member === 'name' && (message.role === 'tool' || message.role === 'function')
    if (value === undefined || value === null || value === false || value === '' || isResultName) continue
    const name = `messages.${member}`
    if (!unmapped.includes(name)) unmapped.push(name)
  }
}

/** Gives function calls of the time before tools the ids they did not have: results are matched by name, in order. */
class FunctionCallIds {
  #count = 0
  readonly #open: { id: string; name: string }[] = []

  called(name: string): string {
    const id = this.#next()
    this.#open.push({ id, name })
    return id
  }

  answered(name: string): string {
    const at = this.#open.findIndex((call) => call.name === name)
    return at === -1 ? this.#next() : (this.#open.splice(at, 1)[0]?.id ?? this.#next())
  }

  #next(): string {
    return `function_${this.#count++}`
  }
}
