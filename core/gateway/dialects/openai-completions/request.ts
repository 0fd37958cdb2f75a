import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { ChatParameters } from '../chat-dialect.ts'
import {
  badParameter,
  checkNumbers,
  int32,
  isRecord,
  type Json,
  type NumberRange,
  readModelName,
  readStreamFlag,
  real,
  whole
} from '../json-fields.ts'
import { readStop } from '../openai-chat/options.ts'

export interface CompletionParameters extends ChatParameters {
  /** The client asked for a usage chunk at the end of the stream. */
  includeUsage: boolean
}

const ranges: Readonly<Record<string, NumberRange>> = {
  temperature: real(0, 2),
  top_p: real(0, 1),
  frequency_penalty: real(-2, 2),
  presence_penalty: real(-2, 2),
  max_tokens: whole(0, int32),
  n: whole(1, 128),
  best_of: whole(1, 20),
  logprobs: whole(0, 100),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
}

const mapped: ReadonlySet<string> = new Set([
  'model',
  'prompt',
  'stream',
  'stream_options',
  'max_tokens',
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'user'
])

/** What asks for nothing, since it is what everybody gets. */
const defaults: Readonly<Record<string, unknown>> = { n: 1, best_of: 1, echo: false, suffix: '' }

/** Checks the body of a request as far as no upstream should have to. Throws `bad-request`. */
export function readParameters(body: Json): CompletionParameters {
  const model = readModelName(body.model)
  const stream = readStreamFlag(body.stream)
  checkNumbers(body, ranges)
  if (typeof body.prompt !== 'string' && !Array.isArray(body.prompt)) {
    throw badParameter('prompt', 'must be a text')
  }
  const options = body.stream_options
  return { model, stream, includeUsage: isRecord(options) && options.include_usage === true }
}

/** A text completion in no dialect: the prompt is what a user says. Throws `bad-request` for prompts that are no text. */
export function toChatRequest(body: Json): ChatRequest {
  const request: ChatRequest = {
    messages: [{ role: 'user', content: [{ type: 'text', text: readPrompt(body.prompt) }] }],
    output: 'text',
    unmapped: Object.keys(body).filter(
      (name) => !mapped.has(name) && body[name] !== null && defaults[name] !== body[name]
    )
  }
  const stop = readStop(body.stop)
  if (stop !== null) request.stop = stop
  // 0 asks for the prompt back and nothing else, which no chat can give
  if (typeof body.max_tokens === 'number' && body.max_tokens > 0) request.maxTokens = body.max_tokens
  if (typeof body.temperature === 'number') request.temperature = body.temperature
  if (typeof body.top_p === 'number') request.topP = body.top_p
  if (typeof body.frequency_penalty === 'number') request.frequencyPenalty = body.frequency_penalty
  if (typeof body.presence_penalty === 'number') request.presencePenalty = body.presence_penalty
  if (typeof body.seed === 'number') request.seed = body.seed
  if (typeof body.user === 'string' && body.user !== '') request.user = body.user
  return request
}

function readPrompt(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt
  const [text, ...others] = Array.isArray(prompt) ? prompt : []
  if (typeof text === 'string' && others.length === 0) return text
  throw badParameter('prompt', 'must be one text: this model takes no lists of prompts, and no tokens')
}
