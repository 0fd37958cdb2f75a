import type { ChatEvent } from '../../providers/spec/chat.ts'
import { watchEvents } from '../watch-events.ts'

/** Larger answers are not kept: giving one out must stay a matter of milliseconds. In UTF-16 units. */
const MAX_KEPT_CHARS = 1_000_000

/** Hands events on, and remembers them as long as they are not too many. */
export function copyEvents(source: AsyncIterable<ChatEvent>): {
  events: AsyncIterable<ChatEvent>
  /** Null when they were too many. Nothing is remembered afterwards. */
  take(): ChatEvent[] | null
} {
  let kept: ChatEvent[] | null = []
  let chars = 0

  const remember = (event: ChatEvent): void => {
    chars += sizeOf(event)
    if (chars > MAX_KEPT_CHARS) kept = null
    kept?.push(event)
  }

  return {
    events: watchEvents(source, remember),
    take() {
      const events = kept
      kept = null
      return events
    }
  }
}

function sizeOf({ parts, wire = '' }: ChatEvent): number {
  let size = wire.length + 50
  for (const part of parts) {
    if ('text' in part) size += part.text.length
    else if (part.type === 'tool-call-delta') size += part.arguments.length
    else if (part.type === 'media') size += part.data.length
    else if (part.type === 'logprobs') size += part.tokens.length * 200
    else size += 100
  }
  return size
}
