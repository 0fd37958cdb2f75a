import type { Usage } from '../../../contract/usage.ts'
import type { AnswerIdentity } from '../chat-dialect.ts'
import { isRecord, type Json } from '../json-fields.ts'
import { homeportId } from './homeport-ids.ts'
import { memberOf, type ResponsesParameters } from './parameters.ts'
import { writeUsage } from './usage.ts'

/** How far a response has come. Absent members are null in the object. */
export interface ResponseState {
  status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
  output?: readonly Json[]
  usage?: Usage | null
  /** Unix seconds. */
  completedAt?: number
  incompleteReason?: 'max_output_tokens' | 'content_filter'
  error?: { code: string; message: string }
}

/** A response object: what the request asked for, and how far its answer is. */
export function responseObject(
  { id, created, model }: AnswerIdentity,
  { request, store, previousId }: ResponsesParameters,
  state: ResponseState
): Json {
  return {
    id: homeportId('resp', id),
    object: 'response',
    created_at: created,
    status: state.status,
    background: false,
    completed_at: state.completedAt ?? null,
    error: state.error ?? null,
    incomplete_details: state.incompleteReason ? { reason: state.incompleteReason } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    model,
    output: state.output ?? [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: previousId,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: {
      effort: memberOf(request, 'reasoning', 'effort') ?? null,
      summary: memberOf(request, 'reasoning', 'summary') ?? null
    },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: 'default',
    store,
    temperature: request.temperature ?? null,
    text: {
      format: memberOf(request, 'text', 'format') ?? { type: 'text' },
      verbosity: memberOf(request, 'text', 'verbosity') ?? 'medium'
    },
    tool_choice: request.tool_choice ?? 'auto',
    tools: Array.isArray(request.tools) ? request.tools.map(completeTool) : [],
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? null,
    truncation: request.truncation ?? 'disabled',
    ...(state.usage && { usage: writeUsage(state.usage) }),
    ...(typeof request.user === 'string' && { user: request.user }),
    metadata: request.metadata ?? {}
  }
}

function completeTool(tool: unknown): unknown {
  if (!isRecord(tool) || tool.type !== 'function') return tool
  return { ...tool, parameters: tool.parameters ?? null, strict: tool.strict ?? false }
}

/** Without what the client did not ask to see; what is kept has it all. */
export function clientView(response: Json, include: ReadonlySet<string>): Json {
  if (include.has('reasoning.encrypted_content') || !Array.isArray(response.output)) return response
  return {
    ...response,
    output: response.output.map((item) => (isRecord(item) ? clientItem(item, include) : item))
  }
}

export function clientItem(item: Json, include: ReadonlySet<string>): Json {
  if (item.type !== 'reasoning' || include.has('reasoning.encrypted_content')) return item
  const { encrypted_content: _, ...visible } = item
  return visible
}
