import { newId } from '../../lib/ids.ts'
import type { ChatEvent, ChatPart } from '../../providers/spec/chat.ts'
import type { EngineEvent } from '../engine/pending-request.ts'

export type AnswerEnd = Extract<EngineEvent, { type: 'end' }>

/** The engine's answer as any provider's. `onEnd` is called with the end of one that comes to it. */
export async function* chatEvents(
  events: AsyncIterable<EngineEvent>,
  model: string,
  onEnd: (end: AnswerEnd) => void
): AsyncGenerator<ChatEvent, void, undefined> {
  let first: ChatPart[] = [{ type: 'served-model', model }]
  for await (const event of events) {
    if (event.type === 'end') onEnd(event)
    yield { parts: [...first, ...partsOf(event)] }
    first = []
  }
}

function partsOf(event: EngineEvent): ChatPart[] {
  switch (event.type) {
    case 'delta': {
      const parts: ChatPart[] = []
      if (event.reasoning !== '') parts.push({ type: 'reasoning-delta', text: event.reasoning })
      if (event.text !== '') parts.push({ type: 'text-delta', text: event.text })
      return parts
    }
    case 'tool-call':
      return [{ type: 'tool-call-start', index: event.index, id: `call_${newId()}`, name: event.name }]
    case 'tool-arguments':
      return [{ type: 'tool-call-delta', index: event.index, arguments: event.arguments }]
    case 'logprobs':
      return [{ type: 'logprobs', tokens: event.tokens }]
    case 'end': {
      const { finish, stopSequence, usage } = event
      return [
        { type: 'finish', reason: finishReason(finish), ...(stopSequence !== null && { stopSequence }) },
        { type: 'usage', usage }
      ]
    }
  }
}

/** An answer that was stopped by its reader has no end that anybody hears of. */
const finishReason = (finish: AnswerEnd['finish']) => (finish === 'cancelled' ? 'other' : finish)
