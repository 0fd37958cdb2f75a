import { type EngineChat, engineChatSchema } from '../contract/inference-frames.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import type { PromptMessage } from '../providers/spec/prompt.ts'
import { toGrammarSchema } from './grammar-schema.ts'

/** Names of the engine's numbers on the wire, for the error that a wrong one gets. */
const wireNames: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p'
}

/**
 * A chat request as the engine takes it. Only what the engine knows gets through; `warnings` says what did not. Throws
 * `bad-request` for a number out of range (with its name as `param`) and for content the engine cannot read.
 */
export function toEngineChat(
  request: ChatRequest,
  modelPath: string
): { chat: EngineChat; warnings: string[] } {
  const warnings = request.unmapped.map((name) => `${name} is not known to on-device models and was left out`)
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
    messages: request.messages.map((message) => ({ role: message.role, text: textOf(message) })),
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

function textOf(message: PromptMessage): string {
  return message.content
    .map((part) => {
      if (part.type === 'text') return part.text
      // what was thought before is not said again
      if (part.type === 'reasoning') return ''
      const kind = part.type === 'unsupported' ? part.kind : part.type
      throw new HomeportError('bad-request', `On-device models read text only, not ${kind}.`, {
        action: 'Leave it out, or choose a model that takes it.',
        param: 'messages'
      })
    })
    .join('')
}
