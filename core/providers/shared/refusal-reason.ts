import type { ErrorCode } from '../../contract/errors.ts'
import { asText, type JsonObject } from './json.ts'

/**
 * How vendors say that a prompt is longer than the model takes. Codes: OpenAI, Groq and most servers after them
 * (`context_length_exceeded`), llama.cpp (`exceed_context_size_error`). Words: OpenAI, vLLM and DeepSeek ("maximum context
 * length"), Anthropic ("prompt is too long", "exceed context limit"), Gemini ("input token count … exceeds the maximum"),
 * xAI ("maximum prompt length"), Mistral ("too large for model with … maximum context length"), Cohere ("too many
 * tokens"), Moonshot ("exceeded model token limit"), Bedrock ("input is too long for requested model").
 */
const overflowCodes = /^(context_length_exceeded|exceed_context_size_error|model_context_window_exceeded)$/
const overflowWords =
  /maximum (context|prompt) length|prompt is too long|exceeds? (the )?(available )?context (limit|size|window|length)|token count .{0,40}exceeds the maximum|too many tokens: |exceeded model token limit|input is too long for/i

/**
 * How vendors refuse what their content policy forbids: OpenAI (`content_policy_violation`, `moderation_blocked`), Azure
 * (`content_filter`, `ResponsibleAIPolicyViolation`), Anthropic ("blocked by content filtering policy"), DashScope
 * (`data_inspection_failed`), OpenRouter ("flagged").
 */
const refusalCodes =
  /^(content_policy_violation|content_filter|moderation_blocked|ResponsibleAIPolicyViolation|data_inspection_failed)$/
const refusalWords =
  /content filtering policy|content management policy|flagged as potentially violating|input was flagged/i

/** Why a request was refused, where it has to do with the prompt and not with its form; null for all else. */
export function refusalReason({
  error,
  words
}: {
  error: JsonObject
  words: string | null
}): Extract<ErrorCode, 'context-overflow' | 'content-refused'> | null {
  const codes = [error.code, error.type].map(asText)
  const says = (pattern: RegExp): boolean => codes.some((code) => code !== null && pattern.test(code))
  if (says(overflowCodes) || overflowWords.test(words ?? '')) return 'context-overflow'
  if (says(refusalCodes) || refusalWords.test(words ?? '')) return 'content-refused'
  return null
}
