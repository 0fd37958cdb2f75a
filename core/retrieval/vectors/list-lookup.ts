import { groupCentroids } from './centroid-groups.ts'
import { type Quantized, strideOf } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { bucketOf, groupOf, UNSORTED } from './segment.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState } from './vector-state-repository.ts'

/** Where vectors go when they are sorted. */
export interface ListLookup {
  /**
   * From where a vector is to where it goes. What came in goes into buckets first and from there into lists: sorted at once,
   * it would spread over so many lists that each segment were written again for every few vectors.
   */
  next(from: number, vector: Quantized): number
  release(): void
}

/** For the current lists. */
export function createListLookup(
  segments: SegmentRepository,
  { firstList, dimensions }: VectorState,
  memory: ScanMemory
): ListLookup {
  const lists = segments.lists().filter(({ id }) => id >= firstList)
  const groups = groupCentroids(
    memory,
    strideOf(dimensions),
    lists.map(({ centroid }) => centroid)
  )
  const listAt = (position: number): number => lists[position]?.id ?? firstList
  return {
    next(from, vector) {
      if (from < UNSORTED) return listAt(groups.nearestIn(groupOf(from), vector))
      const { position, group } = groups.nearest(vector)
      return from === UNSORTED ? bucketOf(group) : listAt(position)
    },
    release: groups.release
  }
}
