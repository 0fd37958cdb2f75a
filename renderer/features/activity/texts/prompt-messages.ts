import {
  callPart,
  isRecord,
  type Json,
  mediaPart,
  partText,
  type ReadPart,
  readParts,
  resultPart,
  textOf
} from './prompt-parts.ts'

export interface ReadMessage {
  role: string
  parts: ReadPart[]
}

export interface OfferedTool {
  name: string
  description: string
}

/** A recorded request, to be read. */
export interface ReadPrompt {
  messages: ReadMessage[]
  /** What the model may call. */
  tools: OfferedTool[]
  /** What else was asked for, by the names of the dialect. */
  settings: [name: string, value: string][]
}

/** Members that are shown in another place, or say nothing. */
const elsewhere = new Set([
  'messages',
  'contents',
  'input',
  'prompt',
  'query',
  'documents',
  'system',
  'systemInstruction',
  'system_instruction',
  'instructions',
  'suffix',
  'images',
  'tools',
  'functions',
  'model',
  'unmapped'
])

/** A request of any dialect, to read; null when it holds nothing that can be told apart. */
export function readPrompt(requestBody: string): ReadPrompt | null {
  const request = parsed(requestBody)
  if (!request) return null
  const messages = [...systemOf(request), ...messagesOf(request)].filter(({ parts }) => parts.length > 0)
  if (messages.length === 0) return null
  const settings = Object.entries(request)
    .filter(([name, value]) => !elsewhere.has(name) && value !== null && value !== undefined)
    .map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value)
    ])
  return { messages, tools: toolsOf(request), settings }
}

/** A prompt as plain text, to be copied and compared. */
export function promptText({ messages }: Pick<ReadPrompt, 'messages'>): string {
  return messages.map(({ role, parts }) => `${role}:\n${parts.map(partText).join('\n')}`).join('\n\n')
}

function parsed(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? json : null
  } catch {
    return null
  }
}

/** Where a dialect keeps the system prompt apart. */
function systemOf({ system, systemInstruction, system_instruction, instructions }: Json): ReadMessage[] {
  const google = systemInstruction ?? system_instruction
  const given = system ?? instructions ?? (isRecord(google) ? (google.parts ?? google) : google)
  return given === undefined ? [] : [{ role: 'system', parts: readParts(given) }]
}

function messagesOf(request: Json): ReadMessage[] {
  const { messages, contents, input, prompt, query, documents } = request
  if (Array.isArray(messages)) return readMessages(messages)
  if (contents !== undefined) return [contents].flat().filter(isRecord).map(readContent)
  if (Array.isArray(input)) return input.flatMap(readItem)
  if (input !== undefined) return [{ role: 'user', parts: readParts(input) }]
  if (prompt !== undefined)
    return [{ role: 'user', parts: [...readParts(prompt), ...pictures(request.images)] }]
  if (query === undefined) return []
  return [
    { role: 'query', parts: readParts(query) },
    ...[documents ?? []].flat().map((document) => ({
      role: 'document',
      parts: readParts(isRecord(document) ? document.text : document)
    }))
  ]
}

/** Messages as chat completions, Anthropic, Ollama and the app itself write them. */
export function readMessages(messages: readonly unknown[]): ReadMessage[] {
  return messages.filter(isRecord).map(readMessage)
}

function readMessage(message: Json): ReadMessage {
  const role = textOf(message.role)
  const { content, tool_calls, function_call, reasoning_content, thinking } = message
  if ((role === 'tool' && !isNeutral(content)) || role === 'function') {
    return { role, parts: [resultPart(message.name ?? message.tool_name, content, false)] }
  }
  const thought = textOf(reasoning_content) || textOf(thinking)
  const calls = Array.isArray(tool_calls) ? tool_calls : []
  return {
    role,
    parts: [
      ...(thought === '' ? [] : [{ type: 'thought' as const, text: thought }]),
      ...readParts(content),
      ...pictures(message.images),
      ...[...calls, ...(isRecord(function_call) ? [{ function: function_call }] : [])].flatMap(readCall)
    ]
  }
}

/** A tool's message as the app itself writes it: its results are parts. */
const isNeutral = (content: unknown): boolean =>
  Array.isArray(content) && content.some((part) => isRecord(part) && part.type === 'tool-result')

/** A call as OpenAI and Ollama write it. */
export function readCall(call: unknown): ReadPart[] {
  const asked = isRecord(call) ? (call.function ?? call.custom) : null
  return isRecord(asked) ? [callPart(asked.name, asked.arguments ?? asked.input)] : []
}

/** Ollama's, which are bare base64. */
function pictures(images: unknown): ReadPart[] {
  return Array.isArray(images) ? images.map((data) => mediaPart('image', { data })) : []
}

const readContent = ({ role, parts }: Json): ReadMessage => ({
  role: textOf(role) || 'user',
  parts: readParts(parts)
})

/** An item of the Responses API, or a text of a list that is to be embedded. */
function readItem(item: unknown): ReadMessage[] {
  if (typeof item === 'string') return [{ role: 'input', parts: readParts(item) }]
  if (!isRecord(item)) return []
  if (item.type === undefined || item.type === 'message') {
    return [{ role: textOf(item.role) || 'user', parts: readParts(item.content) }]
  }
  return [{ role: /_output$/.test(textOf(item.type)) ? 'tool' : 'assistant', parts: readParts(item) }]
}

function toolsOf({ tools, functions }: Json): OfferedTool[] {
  const offered = [...(Array.isArray(tools) ? tools : []), ...(Array.isArray(functions) ? functions : [])]
  return offered.filter(isRecord).flatMap((tool) => {
    const declared = tool.functionDeclarations ?? tool.function_declarations
    const each = Array.isArray(declared)
      ? declared.filter(isRecord)
      : [isRecord(tool.function) ? tool.function : tool]
    return each.map(({ name, type, description }) => ({
      name: textOf(name) || textOf(type),
      description: textOf(description)
    }))
  })
}
