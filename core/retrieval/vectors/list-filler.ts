import { type Centroids, holdCentroids } from './centroids.ts'
import { type Quantized, strideOf } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { SEGMENT_SIZE, type SegmentContent, vectorAt } from './segment.ts'
import { editSegments } from './segment-edit.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState } from './vector-state-repository.ts'

/** A segment whose vectors are assigned to lists and not moved yet. */
interface Assigned {
  segment: number
  version: number
  /** For each place; 0 for a free one. */
  lists: Int32Array
}

interface Move {
  list: number
  id: number
  vector: Quantized
}

/** Sorts some segments' vectors into the current lists. */
export interface ListFiller {
  /** Finds the lists for one segment's vectors; false: there is none left. Writes nothing. */
  assign(): boolean
  /** Moves all of them, once, within the caller's transaction. `version` becomes that of the segments. */
  move(version: number): void
}

export function createListFiller(
  segments: SegmentRepository,
  { firstList, dimensions }: VectorState,
  options: { sources: readonly number[]; memory: ScanMemory }
): ListFiller {
  const stride = strideOf(dimensions)
  const lists = segments.lists().filter(({ id }) => id >= firstList)
  const centroids: Centroids = holdCentroids(
    options.memory,
    stride,
    lists.map(({ centroid }) => centroid)
  )
  const waiting = [...options.sources]
  const assigned: Assigned[] = []

  const listsOf = (content: SegmentContent): Int32Array =>
    Int32Array.from({ length: SEGMENT_SIZE }, (_, index) => {
      const vector = vectorAt(content, index)
      return vector ? (lists[centroids.nearest(vector)]?.id ?? 0) : 0
    })

  /** None where the segment has changed since it was looked at: its turn comes again. */
  const movesOf = ({ segment: id, version, lists: targets }: Assigned): Move[] | null => {
    const segment = segments.segment(id)
    if (segment?.version !== version) return null
    return [...targets].flatMap((list, index) => {
      const vector = vectorAt(segment, index)
      return vector ? [{ list, id: segment.ids[index] ?? 0, vector }] : []
    })
  }

  return {
    assign() {
      const id = waiting.pop()
      if (id === undefined) return false
      const segment = segments.segment(id)
      if (segment) assigned.push({ segment: id, version: segment.version, lists: listsOf(segment) })
      return true
    },
    move(version) {
      centroids.release()
      const edit = editSegments(segments, { stride, version })
      const moves: Move[] = []
      for (const source of assigned) {
        const own = movesOf(source)
        if (!own) continue
        moves.push(...own)
        segments.removeSegment(source.segment)
      }
      // one list after the other, so that few segments are open at a time
      for (const { list, id, vector } of moves.sort((a, b) => a.list - b.list)) edit.add(list, id, vector)
      edit.save()
    }
  }
}
