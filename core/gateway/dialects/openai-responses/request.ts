import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { OutputFormat, ReasoningRequest } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { previousNotFound } from './conversation.ts'
import { readMessages } from './messages.ts'
import { memberOf, type ResponsesParameters } from './parameters.ts'
import { readTools } from './tools.ts'

/** Parameters that have a neutral place, that the route acts on itself, or that change no answer. */
const mapped: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'stream',
  'stream_options',
  'store',
  'previous_response_id',
  'include',
  'text',
  'reasoning',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'metadata',
  'client_metadata',
  'user',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options'
])

/** What asks for nothing, since it is what everybody gets. */
const defaults: Readonly<Record<string, readonly unknown[]>> = {
  service_tier: ['auto', 'default'],
  truncation: ['disabled'],
  background: [false]
}

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const

/** A request of the Responses API, in no dialect. What has no neutral place is named in `unmapped`. Throws `bad-request`. */
export function toChatRequest(
  body: Json,
  { conversation, include, previousId }: ResponsesParameters
): ChatRequest {
  if (conversation.items === null) throw previousNotFound(previousId ?? '')
  if (isRecord(body.prompt)) throw badParameter('prompt', 'is a template that only OpenAI itself knows')
  if (conversation.items.length === 0) throw badParameter('input', 'must hold something to answer')
  const unmapped = Object.keys(body).filter((name) => asksForMore(name, body[name]))
  const verbosity = memberOf(body, 'text', 'verbosity')
  if (verbosity !== undefined && verbosity !== 'medium') unmapped.push('text.verbosity')

  const { instructions } = body
  const request: ChatRequest = {
    messages: [
      ...(typeof instructions === 'string' && instructions !== ''
        ? [{ role: 'system' as const, content: [{ type: 'text' as const, text: instructions }] }]
        : []),
      ...readMessages(conversation.items)
    ],
    output: readFormat(memberOf(body, 'text', 'format')),
    ...readTools(body, unmapped),
    unmapped
  }
  if (typeof body.max_output_tokens === 'number') request.maxTokens = body.max_output_tokens
  if (typeof body.temperature === 'number') request.temperature = body.temperature
  if (typeof body.top_p === 'number') request.topP = body.top_p
  if (include.has('message.output_text.logprobs')) {
    request.logprobs = { top: typeof body.top_logprobs === 'number' ? body.top_logprobs : 0 }
  }
  const user = [body.safety_identifier, body.user].find((id) => typeof id === 'string' && id !== '')
  if (typeof user === 'string') request.user = user
  const reasoning = readReasoning(body)
  if (reasoning) request.reasoning = reasoning
  return request
}

function asksForMore(name: string, value: unknown): boolean {
  return !mapped.has(name) && value !== null && defaults[name]?.includes(value) !== true
}

function readReasoning(body: Json): ReasoningRequest | null {
  const wish = memberOf(body, 'reasoning', 'effort')
  const summary = memberOf(body, 'reasoning', 'summary') ?? memberOf(body, 'reasoning', 'generate_summary')
  const effort = wish === 'max' ? 'xhigh' : efforts.find((each) => each === wish)
  if (wish !== undefined && effort === undefined) {
    throw badParameter('reasoning.effort', `must be one of ${efforts.join(', ')}`)
  }
  if (effort === undefined && summary === undefined) return null
  return { ...(effort && { effort }), ...(summary !== undefined && { show: true }) }
}

function readFormat(format: unknown): OutputFormat {
  if (format === undefined) return 'text'
  const type = isRecord(format) ? format.type : null
  if (type === 'text') return 'text'
  if (type === 'json_object') return 'json'
  if (!isRecord(format) || type !== 'json_schema' || !isRecord(format.schema)) {
    throw badParameter('text.format', 'must be text, json_object, or json_schema with a schema')
  }
  const { name, schema, description, strict } = format
  return {
    name: typeof name === 'string' ? name : 'answer',
    schema,
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict })
  }
}
