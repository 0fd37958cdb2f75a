import { groupCentroids } from './centroid-groups.ts'
import { type Clustering, createClustering } from './clustering.ts'
import { type Quantized, strideOf } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { SEGMENT_SIZE, vectorAt } from './segment.ts'
import type { SegmentRepository } from './segment-repository.ts'
import { createVectorSample } from './vector-sample.ts'
import type { VectorState } from './vector-state-repository.ts'

/** Vectors per list when the lists are made: of a million, lists four times as large need twice the vectors looked at. */
const LIST_SIZE = 256
/** With half of them, searches would look at half as many vectors again. */
const SAMPLE_PER_LIST = 40
const ROUNDS = 6
/** Segments that one step of sampling reads. */
const STEP_SEGMENTS = 32

/** Finds lists for the vectors that there are, in steps of some milliseconds. Writes nothing. */
export interface ListMaker {
  /** The middles of the lists, near ones next to each other; null while there is more to do. */
  step(): Quantized[] | null
}

export function createListMaker(
  segments: SegmentRepository,
  { count, dimensions }: VectorState,
  memory: ScanMemory
): ListMaker {
  const stride = strideOf(dimensions)
  const lists = Math.ceil(count / LIST_SIZE)
  const segmentIds = segments.segmentIds()
  // some of each segment: documents that came together are alike
  const every = Math.max(1, Math.floor(count / (lists * SAMPLE_PER_LIST)))
  const sample = createVectorSample(stride, segmentIds.length * Math.ceil(SEGMENT_SIZE / every))
  let next = 0
  let clustering: Clustering | null = null

  const takeSample = (id: number): void => {
    const segment = segments.segment(id)
    for (let index = id % every; segment && index < SEGMENT_SIZE; index += every) {
      const vector = vectorAt(segment, index)
      if (vector) sample.add(vector)
    }
  }

  const grouped = (middles: readonly Quantized[]): Quantized[] => {
    const groups = groupCentroids(memory, stride, middles)
    groups.release()
    return groups.members.flat().flatMap((position) => middles[position] ?? [])
  }

  return {
    step() {
      for (const id of segmentIds.slice(next, next + STEP_SEGMENTS)) takeSample(id)
      next += STEP_SEGMENTS
      if (next < segmentIds.length) return null
      clustering ??= createClustering(sample, {
        clusters: lists,
        stride,
        rounds: ROUNDS,
        hold: (middles) => groupCentroids(memory, stride, middles)
      })
      const middles = clustering.step()
      return middles && grouped(middles)
    }
  }
}
