import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { Json } from '../json-fields.ts'
import { readMessages } from './messages.ts'
import { readFormat, readLogprobs, readStop, unmappedParameters } from './options.ts'
import { readReasoningRequest } from './reasoning.ts'
import { readTools } from './tools.ts'

const numbers = [
  ['temperature', 'temperature'],
  ['topP', 'top_p'],
  ['minP', 'min_p'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
  ['seed', 'seed']
] as const

/**
 * A chat completion request of OpenAI's dialect, whose numbers were checked already, in no dialect. What has no neutral
 * place is named: parameters in `unmapped`, parts of messages as `unsupported`. Throws `bad-request`.
 */
export function toChatRequest(body: Json): ChatRequest {
  const unmapped = unmappedParameters(body)
  const messages = readMessages(body.messages, unmapped)
  const tools = readTools(body, unmapped)
  const request: ChatRequest = { messages, output: readFormat(body.response_format), ...tools, unmapped }

  const maxTokens = numberIn(body, 'max_completion_tokens') ?? numberIn(body, 'max_tokens')
  if (maxTokens !== null) request.maxTokens = maxTokens
  for (const [name, wireName] of numbers) {
    const value = numberIn(body, wireName)
    if (value !== null) request[name] = value
  }
  const topK = numberIn(body, 'top_k')
  // -1 is how some clients write "no limit"
  if (topK !== null && topK >= 0) request.topK = topK

  const stop = readStop(body.stop)
  const logprobs = readLogprobs(body)
  const reasoning = readReasoningRequest(body)
  if (stop !== null) request.stop = stop
  if (logprobs !== null) request.logprobs = logprobs
  if (reasoning !== null) request.reasoning = reasoning
  if (typeof body.user === 'string' && body.user !== '') request.user = body.user
  return request
}

function numberIn(body: Json, name: string): number | null {
  const value = body[name]
  return typeof value === 'number' ? value : null
}
