import type { Quantized } from './quantize.ts'
import { emptyContent, indexOf, placeOf, SEGMENT_SIZE, type Segment, segmentOf, vectorAt } from './segment.ts'
import type { SegmentRepository } from './segment-repository.ts'

/** Segments that are changed at a time; at 384 dimensions each takes 50 KB. */
const HELD_SEGMENTS = 128

/** The segment of a list that is being filled, and from where on it may have a free place. */
interface Filling {
  segment: number
  next: number
}

/** Changes of segments within one transaction. Nothing counts before `save`. */
export interface SegmentEdit {
  /** Puts a vector at a free place of the list; there must be none under this id. */
  add(list: number, id: number, vector: Quantized): void
  /** Frees the place of a vector and gives what was there. */
  take(id: number): Quantized | null
  save(): void
}

export function editSegments(
  repository: SegmentRepository,
  { stride, version }: { stride: number; version: number }
): SegmentEdit {
  const held = new Map<number, Segment>()
  const filling = new Map<number, Filling>()
  /** Nothing is kept under a higher id: most of what comes is new. */
  let highestId = repository.highestId()

  const saveSegment = (segment: Segment): void => {
    held.delete(segment.id)
    const current = filling.get(segment.list)
    if (segment.live === 0) {
      if (current?.segment === segment.id) filling.delete(segment.list)
      repository.removeSegment(segment.id)
    } else repository.save({ ...segment, version }, segment.id)
  }

  const hold = (id: number): Segment => {
    const known = held.get(id)
    if (known) return known
    const segment = repository.segment(id)
    if (!segment) throw new Error(`there is no segment ${id}`)
    if (held.size >= HELD_SEGMENTS) {
      const [oldest] = held.values()
      if (oldest) saveSegment(oldest)
    }
    held.set(id, segment)
    return segment
  }

  const create = (list: number): number =>
    repository.save({ list, live: 0, version, ...emptyContent(stride) }, null)

  /** A segment of the list with a free place. */
  const open = (list: number): { segment: Segment; place: Filling } => {
    const current = filling.get(list)
    if (current) {
      const segment = hold(current.segment)
      if (segment.live < SEGMENT_SIZE) return { segment, place: current }
      // or the database would still offer it
      saveSegment(segment)
    }
    const place = { segment: repository.roomIn(list) ?? create(list), next: 0 }
    filling.set(list, place)
    return { segment: hold(place.segment), place }
  }

  const freeIndex = (segment: Segment, from: number): number => {
    for (let step = 0; step < SEGMENT_SIZE; step++) {
      const index = (from + step) % SEGMENT_SIZE
      if (Number.isNaN(segment.scales[index])) return index
    }
    throw new Error(`segment ${segment.id} has no free place`)
  }

  return {
    add(list, id, { codes, scale }) {
      const { segment, place } = open(list)
      const index = freeIndex(segment, place.next)
      segment.ids[index] = id
      segment.scales[index] = scale
      segment.codes.set(codes, index * stride)
      segment.live += 1
      place.next = index + 1
      highestId = Math.max(highestId, id)
      repository.setPlace(id, placeOf(segment.id, index))
    },
    take(id) {
      const place = id > highestId ? null : repository.place(id)
      if (place === null) return null
      const segment = hold(segmentOf(place))
      const index = indexOf(place)
      const vector = vectorAt(segment, index)
      if (!vector || segment.ids[index] !== id) throw new Error(`vector ${id} is not at its place`)
      const copy = { scale: vector.scale, codes: vector.codes.slice() }
      segment.scales[index] = Number.NaN
      segment.live -= 1
      repository.removePlace(id)
      return copy
    },
    save() {
      for (const segment of [...held.values()]) saveSegment(segment)
    }
  }
}
