import type { Logger } from '../lib/logger.ts'
import type { Store } from '../store/store.ts'
import {
  deleteThoughtsBefore,
  deleteThoughtsBeyond,
  findThoughts,
  putThought
} from './reasoning-repository.ts'
import type { AnchoredThought, Thought } from './thought.ts'

const KEPT_MS = 7 * 24 * 60 * 60 * 1000
const KEPT_BYTES = 64_000_000

/**
 * What models thought, for conversations whose client cannot hand it back: its dialect has no place for it. Vendors refuse
 * to go on after a tool call without it, or their models forget why they called.
 */
export interface ReasoningMemory {
  /** Can be found from now on; nobody waits for the disk. */
  keep(thoughts: readonly AnchoredThought[]): void
  /** By anchor. */
  find(anchors: readonly string[]): ReadonlyMap<string, Thought>
  /** Forgets what is older than a week, and the oldest beyond 64 MB. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
}

export function openReasoningMemory(options: {
  store: Pick<Store, 'homeport' | 'write'>
  logger: Logger
  now?: () => number
}): ReasoningMemory {
  const { store, logger, now = Date.now } = options
  /** On its way to the disk: a tool's result may come back before it is there. */
  const writing = new Map<string, Thought>()

  const write = async (thoughts: readonly AnchoredThought[]): Promise<void> => {
    await store.write(
      'homeport',
      thoughts.map((thought) => putThought(thought, now()))
    )
  }

  return {
    keep(thoughts) {
      if (thoughts.length === 0) return
      for (const { anchor, thought } of thoughts) writing.set(anchor, thought)
      write(thoughts)
        .catch((error: unknown) => logger.warn({ error }, 'What a model thought could not be kept'))
        .finally(() => {
          for (const { anchor, thought } of thoughts)
            if (writing.get(anchor) === thought) writing.delete(anchor)
        })
    },
    find(anchors) {
      const found = new Map(
        findThoughts(store.homeport, anchors).map(({ anchor, thought }) => [anchor, thought])
      )
      for (const anchor of anchors) {
        const thought = writing.get(anchor)
        if (thought) found.set(anchor, thought)
      }
      return found
    },
    async prune(time) {
      await store.write('homeport', [deleteThoughtsBefore(time - KEPT_MS), deleteThoughtsBeyond(KEPT_BYTES)])
    }
  }
}
