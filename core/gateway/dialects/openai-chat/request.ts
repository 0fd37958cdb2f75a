import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { OutputFormat } from '../../../providers/spec/chat-options.ts'
import type { ContentPart, PromptMessage } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'

/** Parameters that are mapped below, or that the route acts on itself. */
const mapped: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'seed',
  'stop',
  'response_format'
])

const roles: Readonly<Record<string, PromptMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  // the results of tools: their content becomes a part that is named as unsupported
  tool: 'user',
  function: 'user'
}

/**
 * A chat completion request of OpenAI's dialect, whose numbers were checked already, in no dialect. What has no neutral
 * place is named: parameters in `unmapped`, parts of messages as `unsupported`. Throws `bad-request`.
 */
export function toChatRequest(body: Json): ChatRequest {
  const request: ChatRequest = {
    messages: Array.isArray(body.messages) ? body.messages.map(toMessage) : [],
    output: toOutputFormat(body.response_format),
    unmapped: Object.keys(body).filter((name) => !isMapped(name, body[name]))
  }
  const maxTokens = numberIn(body, 'max_completion_tokens') ?? numberIn(body, 'max_tokens')
  const temperature = numberIn(body, 'temperature')
  const topP = numberIn(body, 'top_p')
  const topK = numberIn(body, 'top_k')
  const minP = numberIn(body, 'min_p')
  const seed = numberIn(body, 'seed')
  const stop = toStop(body.stop)
  if (maxTokens !== null) request.maxTokens = maxTokens
  if (temperature !== null) request.temperature = temperature
  if (topP !== null) request.topP = topP
  // -1 is how some clients write "no limit"
  if (topK !== null && topK >= 0) request.topK = topK
  if (minP !== null) request.minP = minP
  if (seed !== null) request.seed = seed
  if (stop !== null) request.stop = stop
  return request
}

/** A parameter set to null, or to the one answer everybody gives, asks for nothing. */
function isMapped(name: string, value: unknown): boolean {
  return mapped.has(name) || value === null || (name === 'n' && value === 1)
}

function numberIn(body: Json, name: string): number | null {
  const value = body[name]
  return typeof value === 'number' ? value : null
}

function toStop(stop: unknown): string[] | null {
  if (stop === undefined || stop === null) return null
  const list: unknown[] = Array.isArray(stop) ? stop : [stop]
  if (list.length > 16) throw badParameter('stop', 'must have at most 16 entries')
  return list.map((text) => {
    if (typeof text !== 'string' || text === '')
      throw badParameter('stop', 'must hold texts that are not empty')
    return text
  })
}

function toOutputFormat(format: unknown): OutputFormat {
  if (format === undefined || format === null) return 'text'
  const type = isRecord(format) ? format.type : null
  if (type === 'text') return 'text'
  if (type === 'json_object') return 'json'
  const schema = isRecord(format) && type === 'json_schema' ? format.json_schema : null
  if (!isRecord(schema) || !isRecord(schema.schema)) {
    throw badParameter('response_format', 'must be text, json_object, or json_schema with a schema')
  }
  return { name: typeof schema.name === 'string' ? schema.name : 'answer', schema: schema.schema }
}

function toMessage(message: unknown, index: number): PromptMessage {
  const wire = isRecord(message) ? message : {}
  const wireRole = typeof wire.role === 'string' ? wire.role : ''
  const role = Object.hasOwn(roles, wireRole) ? roles[wireRole] : undefined
  if (role === undefined) throw badParameter(`messages[${index}].role`, 'is not a role that Homeport knows')
  if (wireRole === 'tool' || wireRole === 'function') {
    return { role, content: [{ type: 'unsupported', kind: wireRole }] }
  }
  const content = toParts(wire.content, index)
  for (const kind of ['tool_calls', 'function_call']) {
    if (wire[kind] !== undefined && wire[kind] !== null) content.push({ type: 'unsupported', kind })
  }
  return { role, content }
}

function toParts(content: unknown, index: number): ContentPart[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return Array.isArray(content) ? content.map((part) => toPart(part, index)) : []
}

function toPart(part: unknown, index: number): ContentPart {
  const place = `messages[${index}].content`
  if (!isRecord(part) || typeof part.type !== 'string')
    throw badParameter(place, 'holds a part without a type')
  if (part.type !== 'text') return { type: 'unsupported', kind: part.type }
  if (typeof part.text !== 'string') throw badParameter(place, 'holds a text part without text')
  return { type: 'text', text: part.text }
}
