import type { ChatPart, FinishReason } from '../../../providers/spec/chat.ts'

const reasons: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  other: 'end_turn'
}

type Finish = Extract<ChatPart, { type: 'finish' }>

/** Why an answer ended. Some servers say `stop` after a call: clients run a tool only when told `tool_use`. */
export function toStopReason(finish: Finish | null, hasCalls: boolean) {
  const stopSequence = finish?.stopSequence ?? null
  const reason = finish?.reason ?? 'stop'
  if (hasCalls && (reason === 'stop' || reason === 'other')) {
    return { stop_reason: reasons['tool-calls'], stop_sequence: null }
  }
  return {
    stop_reason: stopSequence !== null && reason === 'stop' ? 'stop_sequence' : reasons[reason],
    stop_sequence: stopSequence
  }
}
