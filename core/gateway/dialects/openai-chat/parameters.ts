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
import { usesFunctions } from './tools.ts'

/** What the route itself must know of a request. */
export interface OpenaiChatParameters extends ChatParameters {
  /** The client asked for a usage chunk at the end of the stream. */
  includeUsage: boolean
  /** Its tools are `functions`, so that a call is answered as a `function_call`. */
  asFunctions: boolean
}

/**
 * Numbers that OpenAI's reference bounds, and those of native engines that crashed on values outside of theirs
 * (llama.cpp's CVE-2026-21869). Checked whoever serves the call: refused, never clamped.
 */
const ranges: Readonly<Record<string, NumberRange>> = {
  temperature: real(0, 2),
  top_p: real(0, 1),
  min_p: real(0, 1),
  top_k: whole(-1, int32),
  frequency_penalty: real(-2, 2),
  presence_penalty: real(-2, 2),
  max_tokens: whole(1, int32),
  max_completion_tokens: whole(1, int32),
  n: whole(1, 128),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  top_logprobs: whole(0, 100),
  thinking_budget: whole(0, int32),
  n_ctx: whole(0, 2 ** 24),
  n_keep: whole(-1, int32),
  n_discard: whole(0, int32),
  n_predict: whole(-2, int32)
}
const maxBiases = 1024

/** Checks the body of a chat completion request as far as no upstream should have to. Throws `bad-request`. */
export function readChatParameters(body: Json): OpenaiChatParameters {
  const { stream_options: streamOptions } = body
  const model = readModelName(body.model)
  const stream = readStreamFlag(body.stream)
  if (streamOptions !== undefined && streamOptions !== null && !isRecord(streamOptions)) {
    throw badParameter('stream_options', 'must be an object')
  }
  checkMessages(body.messages)
  checkNumbers(body, ranges)
  checkBias(body.logit_bias)
  const includeUsage = isRecord(streamOptions) && streamOptions.include_usage === true
  return { model, stream, includeUsage, asFunctions: usesFunctions(body) }
}

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw badParameter('messages', 'must be a list with at least one message')
  }
  for (const [index, message] of messages.entries()) {
    if (!isRecord(message)) throw badParameter(`messages[${index}]`, 'must be an object')
    if (typeof message.role !== 'string') throw badParameter(`messages[${index}].role`, 'must be a text')
    const { content } = message
    if (content !== undefined && content !== null && typeof content !== 'string' && !Array.isArray(content)) {
      throw badParameter(`messages[${index}].content`, 'must be a text or a list of parts')
    }
  }
}

function checkBias(bias: unknown): void {
  if (bias === undefined || bias === null) return
  if (!isRecord(bias)) throw badParameter('logit_bias', 'must map tokens to numbers')
  const values = Object.values(bias)
  if (values.length > maxBiases) throw badParameter('logit_bias', `must have at most ${maxBiases} entries`)
  if (!values.every((value) => typeof value === 'number' && Math.abs(value) <= 100)) {
    throw badParameter('logit_bias', 'must hold numbers from -100 to 100')
  }
}
