import { type EngineChat, engineChatSchema } from '../../contract/inference-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { toGrammarSchema } from './grammar-schema.ts'
import { areAboutTools, toEngineMessages } from './message-text.ts'

/** Names of the engine's numbers on the wire, for the error that a wrong one gets. */
const wireNames: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p'
}

/**
 * A chat request as the engine takes it. Only what the engine knows gets through; `warnings` says what did not. Throws
 * `bad-request` for a number out of range (with its name as `param`), for content the engine cannot read, and where a tool
 * must be called: an answer without the call would be the wrong one.
 */
export function toEngineChat(
  request: ChatRequest,
  modelPath: string
): { chat: EngineChat; warnings: string[] } {
  refuseDemandedTool(request)
  const warnings = droppedFrom(request)
  let output: EngineChat['output'] = 'text'
  if (request.output === 'json') {
    output = 'json'
  } else if (request.output !== 'text') {
    const { schema, dropped } = toGrammarSchema(request.output.schema)
    output = { schema }
    warnings.push(...dropped.map((name) => `${name} in the JSON schema is not enforced by on-device models`))
  }
  const result = engineChatSchema.safeParse({
    modelPath,
    messages: toEngineMessages(request.messages),
    maxTokens: request.maxTokens ?? null,
    temperature: request.temperature ?? null,
    topP: request.topP ?? null,
    topK: request.topK ?? null,
    minP: request.minP ?? null,
    seed: request.seed ?? null,
    stop: request.stop ?? [],
    output
  })
  if (result.success) return { chat: result.data, warnings }
  const [issue] = result.error.issues
  const field = String(issue?.path[0] ?? 'messages')
  const param = wireNames[field] ?? field
  throw new HomeportError('bad-request', `${param}: ${issue?.message ?? 'is not valid'}.`, { param })
}

function refuseDemandedTool({ toolChoice }: ChatRequest): void {
  if (toolChoice === undefined || toolChoice === 'auto' || toolChoice === 'none') return
  throw new HomeportError('bad-request', 'On-device models cannot use tools, and tool_choice demands it.', {
    action: 'Leave tool_choice out, or choose a model that uses tools.',
    param: 'tool_choice'
  })
}

/** What the client asked for and does not get, by its name on the wire. */
function droppedFrom(request: ChatRequest): string[] {
  const {
    tools = [],
    parallelToolCalls,
    reasoning,
    frequencyPenalty,
    presencePenalty,
    logprobs,
    user
  } = request
  const dropped: string[] = []
  if (tools.length > 0) dropped.push('tools was dropped: on-device models cannot use tools')
  if (parallelToolCalls === false) dropped.push('parallel_tool_calls was dropped')
  if (areAboutTools(request.messages)) dropped.push('tool calls and results in messages were written as text')
  if (reasoning) dropped.push('reasoning was dropped: on-device models think as they were made to')
  if (frequencyPenalty) dropped.push('frequency_penalty was dropped')
  if (presencePenalty) dropped.push('presence_penalty was dropped')
  if (logprobs) dropped.push('logprobs was dropped')
  if (user !== undefined) dropped.push('user was dropped')
  return [...dropped, ...request.unmapped.map((name) => `${name} was dropped`)]
}
