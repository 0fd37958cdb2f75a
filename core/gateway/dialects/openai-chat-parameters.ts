import { HomeportError } from '../../errors/homeport-error.ts'

export type Json = Readonly<Record<string, unknown>>

/** What the route itself must know of a request. */
export interface ChatParameters {
  model: string
  stream: boolean
  /** The client asked for a usage chunk at the end of the stream. */
  includeUsage: boolean
}

interface Range {
  min: number
  max: number
  integer: boolean
}
const real = (min: number, max: number): Range => ({ min, max, integer: false })
const whole = (min: number, max: number): Range => ({ min, max, integer: true })
const int32 = 2 ** 31 - 1

/**
 * Numbers that OpenAI's reference bounds, and those of native engines that crashed on values outside of theirs
 * (llama.cpp's CVE-2026-21869). Checked whoever serves the call: refused, never clamped.
 */
const ranges: Readonly<Record<string, Range>> = {
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
  n_ctx: whole(0, 2 ** 24),
  n_keep: whole(-1, int32),
  n_discard: whole(0, int32),
  n_predict: whole(-2, int32)
}
const maxBiases = 1024

/** A parameter the client must correct. */
export function badParameter(param: string, problem: string): HomeportError {
  return new HomeportError('bad-request', `"${param}" ${problem}.`, { param })
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Checks the body of a chat completion request as far as no upstream should have to. Throws `bad-request`. */
export function readChatParameters(body: Json): ChatParameters {
  const { model, stream, stream_options: streamOptions } = body
  if (typeof model !== 'string' || model.trim() === '') throw badParameter('model', 'must name a model')
  if (model.length > 300) throw badParameter('model', 'is too long')
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') {
    throw badParameter('stream', 'must be true or false')
  }
  if (streamOptions !== undefined && streamOptions !== null && !isRecord(streamOptions)) {
    throw badParameter('stream_options', 'must be an object')
  }
  checkMessages(body.messages)
  checkNumbers(body)
  checkBias(body.logit_bias)
  const includeUsage = isRecord(streamOptions) && streamOptions.include_usage === true
  return { model, stream: stream === true, includeUsage }
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

function checkNumbers(body: Json): void {
  for (const name in body) {
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined
    const value = body[name]
    if (range === undefined || value === null) continue
    const { min, max, integer } = range
    const fits = integer ? Number.isSafeInteger(value) : typeof value === 'number'
    if (!fits || Number(value) < min || Number(value) > max) {
      throw badParameter(name, `must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`)
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
