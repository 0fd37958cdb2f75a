import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { OutputFormat } from '../../../providers/spec/chat-options.ts'
import type { ContentPart, PromptMessage } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { toParts } from './content.ts'
import { toReasoning } from './reasoning.ts'
import { toToolChoice, toTools } from './tools.ts'

/** Parameters that are mapped below, that the route acts on itself, or that change no answer (`cache_control`). */
const mapped: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'cache_control',
  'diagnostics'
])

/**
 * A request of Anthropic's Messages, whose numbers were checked already, in no dialect. What has no neutral place is named
 * in `unmapped` or stands as `unsupported` in its message. Throws `bad-request`.
 */
export function toChatRequest(body: Json): ChatRequest {
  const { tools, foreign } = toTools(body.tools)
  const request: ChatRequest = {
    messages: toMessages(body),
    output: toOutputFormat(body),
    ...toToolChoice(body.tool_choice),
    unmapped: [...Object.keys(body).filter((name) => !isMapped(name, body[name])), ...foreign]
  }
  const reasoning = toReasoning(body.thinking, body.output_config)
  const stop = toStop(body.stop_sequences)
  const user = isRecord(body.metadata) ? body.metadata.user_id : null
  if (tools.length > 0) request.tools = tools
  if (reasoning !== null) request.reasoning = reasoning
  if (typeof body.max_tokens === 'number') request.maxTokens = body.max_tokens
  if (typeof body.temperature === 'number') request.temperature = body.temperature
  if (typeof body.top_p === 'number') request.topP = body.top_p
  if (typeof body.top_k === 'number') request.topK = body.top_k
  if (stop.length > 0) request.stop = stop
  if (typeof user === 'string') request.user = user
  return request
}

/** A parameter set to null, or to what everybody gets, asks for nothing. */
function isMapped(name: string, value: unknown): boolean {
  return (
    mapped.has(name) ||
    value === null ||
    (name === 'service_tier' && value === 'auto') ||
    (name === 'speed' && value === 'standard')
  )
}

function toMessages(body: Json): PromptMessage[] {
  const messages = Array.isArray(body.messages) ? body.messages.flatMap(toMessage) : []
  if (body.system === undefined || body.system === null) return messages
  return [{ role: 'system', content: toParts(body.system, 'system') }, ...messages]
}

/** The results of tools stand in a user message; here they come first, in a message of their own. */
function toMessage(message: unknown, index: number): PromptMessage[] {
  const { role, content } = isRecord(message) ? message : {}
  const parts = toParts(content, `messages[${index}].content`)
  if (role === 'assistant' || role === 'system') return [{ role, content: parts }]
  const results = parts.filter(isResult)
  const others = parts.filter((part) => !isResult(part))
  if (results.length === 0) return [{ role: 'user', content: others }]
  const tool: PromptMessage = { role: 'tool', content: results }
  return others.length === 0 ? [tool] : [tool, { role: 'user', content: others }]
}

const isResult = ({ type }: ContentPart): boolean => type === 'tool-result'

/** `output_config.format`, or `output_format` as it was called in the beta. */
function toOutputFormat({ output_config: config, output_format: beta }: Json): OutputFormat {
  const format = (isRecord(config) ? config.format : null) ?? beta
  if (format === undefined || format === null) return 'text'
  if (!isRecord(format) || format.type !== 'json_schema' || !isRecord(format.schema)) {
    throw badParameter('output_config.format', 'must be json_schema with a schema')
  }
  return { name: 'answer', schema: format.schema, strict: true }
}

function toStop(value: unknown): string[] {
  if (value === undefined || value === null) return []
  const isTexts = Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '')
  if (!isTexts) throw badParameter('stop_sequences', 'must be a list of texts that are not empty')
  return value
}
