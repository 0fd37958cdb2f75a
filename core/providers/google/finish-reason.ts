import type { FinishReason } from '../spec/chat.ts'

const reasons: ReadonlyMap<string, FinishReason> = new Map<string, FinishReason>([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['MODEL_ARMOR', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['IMAGE_RECITATION', 'content-filter']
])

/**
 * Null while the answer goes on. Gemini has no reason of its own for an answer that ends in function calls; servers that
 * imitate it say FUNCTION_CALL.
 */
export function readFinishReason(value: unknown, hasCalls: boolean): FinishReason | null {
  if (typeof value !== 'string' || value === '' || value === 'FINISH_REASON_UNSPECIFIED') return null
  if (hasCalls && (value === 'STOP' || value === 'FUNCTION_CALL')) return 'tool-calls'
  // MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, LANGUAGE, OTHER, ...
  return reasons.get(value) ?? 'other'
}
