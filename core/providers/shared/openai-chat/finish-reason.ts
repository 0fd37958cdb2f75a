import type { FinishReason } from '../../spec/chat.ts'

const reasons: ReadonlyMap<string, FinishReason> = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['eos', 'stop'], // Together
  ['length', 'length'],
  ['model_length', 'length'], // Mistral
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter']
])

/** Null while the answer goes on. */
export function readFinishReason(value: unknown): FinishReason | null {
  if (typeof value !== 'string' || value === '') return null
  return reasons.get(value) ?? 'other'
}
