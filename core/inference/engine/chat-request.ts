import { type EngineChat, engineChatSchema } from '../../contract/engine-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { toEngineMessages } from './engine-messages.ts'
import { toEngineTools } from './engine-tools.ts'
import { toGrammarSchema } from './grammar-schema.ts'

/** What it depends on beside the request: how the model is run, and whether it thinks. */
export interface ChatModelTraits {
  overflow: EngineChat['overflow']
  reasoning: boolean
}

/** Names of the engine's fields on the wire, for the error that a wrong one gets. */
const wireNames: Readonly<Record<string, string>> = {
  toolChoice: 'tool_choice',
  maxTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  reasoningTokens: 'reasoning',
  logprobs: 'top_logprobs'
}

/** Thoughts that an effort stands for. */
const tokensOfEffort = {
  none: 0,
  minimal: 1_024,
  low: 4_096,
  medium: 10_240,
  high: 24_576,
  xhigh: 32_768
} as const

/**
 * A chat request as the engine takes it. Only what the engine knows gets through; `warnings` says what did not. Throws
 * `bad-request` for a number out of range (with its name as `param`), for content the engine cannot read, and for tools
 * that cannot be called as asked.
 */
export function toEngineChat(
  request: ChatRequest,
  { overflow, reasoning }: ChatModelTraits
): { chat: EngineChat; warnings: string[] } {
  const { tools, toolChoice, warnings: dropped } = toEngineTools(request)
  const { output, warnings: unenforced } = toEngineOutput(request.output)
  const warnings = [...dropped, ...unenforced]
  if (!reasoning && (reasoningTokens(request) ?? 0) > 0)
    warnings.push('reasoning was dropped: this model does not think before it answers')
  if (request.user !== undefined) warnings.push('user was dropped')
  warnings.push(...request.unmapped.map((name) => `${name} was dropped`))

  const result = engineChatSchema.safeParse({
    messages: toEngineMessages(request.messages),
    tools,
    toolChoice,
    parallelToolCalls: request.parallelToolCalls ?? true,
    maxTokens: request.maxTokens ?? null,
    temperature: request.temperature ?? null,
    topP: request.topP ?? null,
    topK: request.topK ?? null,
    minP: request.minP ?? null,
    frequencyPenalty: request.frequencyPenalty ?? null,
    presencePenalty: request.presencePenalty ?? null,
    seed: request.seed ?? null,
    stop: request.stop ?? [],
    reasoningTokens: reasoning ? reasoningTokens(request) : null,
    logprobs: request.logprobs ?? null,
    output,
    overflow
  })
  if (result.success) return { chat: result.data, warnings }
  const [issue] = result.error.issues
  const field = String(issue?.path[0] ?? 'messages')
  const param = wireNames[field] ?? field
  throw new HomeportError('bad-request', `${param}: ${issue?.message ?? 'is not valid'}.`, { param })
}

function reasoningTokens({ reasoning: { effort, budgetTokens } = {} }: ChatRequest): number | null {
  if (effort === 'none') return 0
  return budgetTokens ?? (effort === undefined ? null : tokensOfEffort[effort])
}

function toEngineOutput(output: ChatRequest['output']): {
  output: EngineChat['output']
  warnings: string[]
} {
  if (output === 'text' || output === 'json') return { output, warnings: [] }
  const { schema, dropped } = toGrammarSchema(output.schema)
  return {
    output: { schema },
    warnings: dropped.map((name) => `${name} in the JSON schema is not enforced by on-device models`)
  }
}
