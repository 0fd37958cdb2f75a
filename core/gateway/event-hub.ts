import type { AppEvent, SequencedEvent } from '../contract/events.ts'
import { newId } from '../lib/ids.ts'

/** `json` is the event as `data` of the stream, made once for all listeners. Must not throw. */
export type EventListener = (event: SequencedEvent, json: string) => void

/** Everything the daemon tells its windows, numbered, with the newest kept for those that come back, once there was one. */
export interface EventHub {
  /** Names this run of the daemon: numbers of another epoch mean nothing here. */
  readonly epoch: string
  /** The number of the newest event; 0 before the first. */
  seq(): number
  publish(event: AppEvent): void
  /**
   * Calls the listener with every event after `sinceId` (`<epoch>-<seq>`; null: from now on), those already published
   * before this returns. Where they are no longer kept, or the id is not of this epoch, a `reset` comes instead.
   * Returns the function that unsubscribes.
   */
  subscribe(sinceId: string | null, listener: EventListener): () => void
}

export interface EventHubOptions {
  /** How many events are kept. */
  capacity: number
  /** How many characters of JSON are kept; 8 million when absent. */
  maxCharacters?: number
}

/** The id under which the stream sends an event, and by which a reader resumes. */
export function eventId({ epoch, seq }: Pick<SequencedEvent, 'epoch' | 'seq'>): string {
  return `${epoch}-${seq}`
}

export function createEventHub({ capacity, maxCharacters = 8_000_000 }: EventHubOptions): EventHub {
  const epoch = newId()
  const listeners = new Set<EventListener>()
  // as text alone, which the collector neither looks into nor has to follow
  const kept: string[] = []
  let characters = 0
  let seq = 0
  /** Until somebody has been at a place, nobody can come back to one. */
  let isKnown = false

  /** What a reader at `sinceId` missed; null when that is no longer known. */
  const missedSince = (sinceId: string): string[] | null => {
    if (!sinceId.startsWith(`${epoch}-`)) return null
    const digits = sinceId.slice(epoch.length + 1)
    const missed = /^\d{1,15}$/.test(digits) ? seq - Number(digits) : -1
    if (missed < 0 || missed > kept.length) return null
    return kept.slice(kept.length - missed)
  }

  return {
    epoch,
    seq() {
      isKnown = true
      return seq
    },
    publish(event) {
      seq += 1
      if (!isKnown) return
      const sequenced = { epoch, seq, event }
      const json = JSON.stringify(sequenced)
      kept.push(json)
      characters += json.length
      while (kept.length > capacity || characters > maxCharacters) {
        characters -= kept.shift()?.length ?? 0
      }
      for (const listener of listeners) listener(sequenced, json)
    },
    subscribe(sinceId, listener) {
      isKnown = true
      if (sinceId !== null) {
        const reset: SequencedEvent = { epoch, seq, event: { type: 'reset' } }
        for (const json of missedSince(sinceId) ?? [JSON.stringify(reset)]) listener(JSON.parse(json), json)
      }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}
