import type { Connection } from '../../store/connection.ts'
import { createListFiller, type ListFiller } from './list-filler.ts'
import { createListLookup, type ListLookup } from './list-lookup.ts'
import { createListMaker, type ListMaker } from './list-maker.ts'
import { strideOf } from './quantize.ts'
import { createScanMemory, type ScanMemory } from './scan-memory.ts'
import { SEGMENT_SIZE } from './segment.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState, VectorStateRepository } from './vector-state-repository.ts'

/** Segments that are sorted at a time: each list then gets several vectors in one change of its last segment. */
const BATCH_SEGMENTS = 64

/** Every search compares all that are unsorted. */
const MOST_UNSORTED = 16_384

/** Up to this share of a set stays unsorted. */
const UNSORTED_SHARE = 0.05

/** Lists are made anew once the set has grown by this factor. */
const GROWTH = 2

/** Makes lists of similar vectors once a set is large, and sorts into them what comes in. */
export interface ListSorter {
  /** See `maintain` of VectorStore. */
  work(budgetMs: number): boolean
}

export function createListSorter(parts: {
  connection: Connection
  states: VectorStateRepository
  segments: SegmentRepository
  /** Above how many vectors there are lists. */
  mostScanned: number
}): ListSorter {
  const { connection, states, segments, mostScanned } = parts
  let memory: ScanMemory | null = null
  let maker: ListMaker | null = null
  let filler: ListFiller | null = null
  let lookup: { firstList: number; of: ListLookup } | null = null

  const memoryFor = ({ dimensions }: VectorState): ScanMemory => {
    memory ??= createScanMemory(strideOf(dimensions))
    return memory
  }

  const lookupFor = (state: VectorState): ListLookup => {
    if (lookup?.firstList !== state.firstList) {
      lookup?.of.release()
      lookup = { firstList: state.firstList, of: createListLookup(segments, state, memoryFor(state)) }
    }
    return lookup.of
  }

  /** The segments to sort now; none while they are too few to be worth it. */
  const sources = ({ firstList, listedCount, count }: VectorState): number[] => {
    if (listedCount === 0) return []
    const enough = Math.ceil(Math.min(MOST_UNSORTED, count * UNSORTED_SHARE) / SEGMENT_SIZE)
    return segments.newCount() > enough
      ? segments.newOnes(BATCH_SEGMENTS)
      : segments.halfSorted(firstList, BATCH_SEGMENTS)
  }

  const needsLists = ({ count, listedCount }: VectorState): boolean =>
    count > mostScanned && count > GROWTH * listedCount

  const makeLists = (state: VectorState): void => {
    maker ??= createListMaker(segments, state, memoryFor(state))
    const centroids = maker.step()
    if (!centroids) return
    maker = null
    states.setLists(segments.addLists(centroids), state.count)
  }

  const fillLists = (state: VectorState, current: ListFiller): void => {
    if (current.assign()) return
    filler = null
    current.move(state.version + 1)
    if (segments.halfSorted(state.firstList, 1).length === 0) segments.removeListsBefore(state.firstList)
    states.touch()
  }

  /** False: nothing is left to do. */
  const step = (): boolean => {
    const state = states.state()
    if (state.kind === 'exact') return false
    if (!filler && !maker) {
      const waiting = sources(state)
      if (waiting.length > 0)
        filler = createListFiller(segments, {
          sources: waiting,
          lookup: lookupFor(state),
          stride: strideOf(state.dimensions)
        })
    }
    if (filler) fillLists(state, filler)
    else if (maker || needsLists(state)) makeLists(state)
    else return false
    return true
  }

  return {
    work(budgetMs) {
      const deadline = performance.now() + budgetMs
      do {
        if (!connection.transaction(step)()) return false
      } while (performance.now() < deadline)
      return true
    }
  }
}
