import type { SequencedEvent } from '../../../core/contract/events.ts'

/** Deltas of the same message that follow each other become one; everything else keeps its place. */
export function mergeDeltas(events: readonly SequencedEvent[]): SequencedEvent[] {
  const merged: SequencedEvent[] = []
  for (const next of events) {
    const last = merged.at(-1)
    const { event } = next
    if (
      last?.event.type === 'turn-delta' &&
      event.type === 'turn-delta' &&
      last.event.messageId === event.messageId
    ) {
      merged[merged.length - 1] = {
        ...next,
        event: {
          ...event,
          text: last.event.text + event.text,
          reasoning: last.event.reasoning + event.reasoning
        }
      }
    } else merged.push(next)
  }
  return merged
}

/**
 * Hands events on once a frame, so that a fast stream costs one update per frame and not one per token. Hidden windows
 * draw no frames; there a timer stands in.
 */
export function createFrameBuffer(
  deliver: (events: SequencedEvent[]) => void
): (event: SequencedEvent) => void {
  let waiting: SequencedEvent[] = []
  const flush = (): void => {
    const events = mergeDeltas(waiting)
    waiting = []
    deliver(events)
  }
  return (event) => {
    waiting.push(event)
    if (waiting.length > 1) return
    if (document.hidden) setTimeout(flush, 250)
    else requestAnimationFrame(flush)
  }
}
