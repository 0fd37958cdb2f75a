import type { IngestStatus } from '../ingest/ingest-messages.ts'
import type { SourceWatch } from './source-watch.ts'

/** Events can be missed, and drives come back without one. */
const LOOK_AGAIN_MS = 15 * 60_000
/** What is missing or failed is tried again after this time. */
const RETRY_MS = 15_000

/** A source that is kept in step with its folder. */
export interface KeptSource {
  /** Null where it is only looked at. */
  watch: SourceWatch | null
  /** By the key of the task. */
  statuses: Map<string, IngestStatus>
}

/** Looks at folders again from time to time, by the id of their source, until it is ended by what this gives. */
export function repeatLooks(
  kept: ReadonlyMap<string, KeptSource>,
  look: (sourceId: string) => void
): () => void {
  const lookAtAll = (): void => {
    for (const id of kept.keys()) look(id)
  }
  const lookAtStuck = (): void => {
    for (const [id, { watch, statuses }] of kept)
      if ([...statuses.values()].some(isStuck))
        void watch?.begin().then((watches) => {
          if (watches) look(id)
        })
  }
  const timers = [setInterval(lookAtAll, LOOK_AGAIN_MS).unref(), setInterval(lookAtStuck, RETRY_MS).unref()]
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

const isStuck = ({ state }: IngestStatus): boolean => state === 'missing' || state === 'failed'
