import { bestFirst } from './best-first.ts'
import { type Centroids, holdCentroids } from './centroids.ts'
import type { Quantized } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { discard } from './segment.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState } from './vector-state-repository.ts'

interface HeldSegment {
  id: number
  version: number
  slot: number
  ids: Float64Array
}

/** What searches need of the database in memory: the unsorted segments, and which lists there are. */
export interface SegmentCache {
  readonly segments: Iterable<HeldSegment>
  segment(id: number): HeldSegment | undefined
  /** How many vectors are in lists. */
  readonly listed: number
  /** Ids of the lists, nearest first; and how many vectors each holds. */
  listsNear(query: Quantized): Iterable<{ list: number; size: number }>
  /** Takes in what has changed since the last time, and nothing else. */
  refresh(state: VectorState): void
  /** What was read may never be committed: the next refresh reads everything again. */
  distrust(): void
}

export function createSegmentCache(
  repository: SegmentRepository,
  memory: ScanMemory,
  stride: number
): SegmentCache {
  const held = new Map<number, HeldSegment>()
  let listIds: number[] = []
  let sizes = new Map<number, number>()
  let listed = 0
  let centroids: Centroids | null = null
  let seen: { version: number; firstList: number } | null = null

  const drop = (segment: HeldSegment): void => {
    held.delete(segment.id)
    memory.release(segment.slot)
  }

  const refreshSegments = (): void => {
    const now = new Map(repository.unsorted().map(({ id, version }) => [id, version]))
    for (const segment of [...held.values()]) if (now.get(segment.id) !== segment.version) drop(segment)
    for (const [id, version] of now) {
      if (held.has(id)) continue
      const segment = repository.segment(id)
      if (!segment) continue
      const slot = memory.hold(segment.scales, segment.codes)
      discard(segment)
      held.set(id, { id, version, slot, ids: segment.ids })
    }
  }

  const refreshCentroids = (): void => {
    centroids?.release()
    const lists = repository.lists()
    listIds = lists.map(({ id }) => id)
    centroids = holdCentroids(
      memory,
      stride,
      lists.map(({ centroid }) => centroid)
    )
  }

  return {
    get segments() {
      return held.values()
    },
    segment: (id) => held.get(id),
    get listed() {
      return listed
    },
    *listsNear(query) {
      if (!centroids || listed === 0) return
      for (const position of bestFirst(centroids.scores(query))) {
        const list = listIds[position] ?? 0
        const size = sizes.get(list)
        if (size) yield { list, size }
      }
    },
    refresh(state) {
      if (seen?.version === state.version) return
      refreshSegments()
      if (seen?.firstList !== state.firstList) refreshCentroids()
      sizes = new Map(repository.listSizes().map(({ list, size }) => [list, size]))
      listed = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      seen = { version: state.version, firstList: state.firstList }
    },
    distrust() {
      for (const segment of [...held.values()]) drop(segment)
      seen = null
    }
  }
}
