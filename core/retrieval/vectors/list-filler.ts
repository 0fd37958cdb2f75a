import type { ListLookup } from './list-lookup.ts'
import type { Quantized } from './quantize.ts'
import { SEGMENT_SIZE, type Segment, vectorAt } from './segment.ts'
import { editSegments } from './segment-edit.ts'
import type { SegmentRepository } from './segment-repository.ts'

/** A segment whose vectors are assigned to lists, or to buckets of those, and not moved yet. */
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

/** Moves some segments' vectors to where they go next. */
export interface ListFiller {
  /** Finds that for one segment's vectors; false: there is none left. Writes nothing. */
  assign(): boolean
  /** Moves all of them, once, within the caller's transaction. `version` becomes that of the segments. */
  move(version: number): void
}

export function createListFiller(
  segments: SegmentRepository,
  options: { sources: readonly number[]; lookup: ListLookup; stride: number }
): ListFiller {
  const { lookup, stride } = options
  const waiting = [...options.sources]
  const assigned: Assigned[] = []

  const listsOf = (segment: Segment): Int32Array =>
    Int32Array.from({ length: SEGMENT_SIZE }, (_, index) => {
      const vector = vectorAt(segment, index)
      return vector ? lookup.next(segment.list, vector) : 0
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
