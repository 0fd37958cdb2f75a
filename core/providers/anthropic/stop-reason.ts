import { asText, type JsonObject } from '../shared/json.ts'
import type { ChatPart, FinishReason } from '../spec/chat.ts'

/** `pause_turn` and what is not known yet are `other`. */
const reasons: ReadonlyMap<string, FinishReason> = new Map<string, FinishReason>([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter']
])

/** Null while the answer goes on. */
export function readStopReason(message: JsonObject): Extract<ChatPart, { type: 'finish' }> | null {
  const reason = asText(message.stop_reason)
  if (reason === null) return null
  const stopSequence = asText(message.stop_sequence)
  return {
    type: 'finish',
    reason: reasons.get(reason) ?? 'other',
    ...(stopSequence !== null && { stopSequence })
  }
}
