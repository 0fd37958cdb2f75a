import { cosine, type Quantized, quantize, restore, strideOf, unit } from './quantize.ts'
import { createScanMemory } from './scan-memory.ts'
import { discard, indexOf, SEGMENT_SIZE, type SegmentContent, segmentOf, vectorAt } from './segment.ts'
import { createSegmentCache } from './segment-cache.ts'
import type { SegmentRepository } from './segment-repository.ts'
import { topCandidates } from './top-candidates.ts'
import type { VectorReads } from './vector-reads.ts'
import type { VectorState } from './vector-state-repository.ts'
import type { AllowedIds, VectorHit } from './vector-store.ts'

/** Rounding shuffles neighbours, so more are scanned for than wanted and then compared with the query as it came. */
const candidatesFor = (hits: number): number => Math.ceil(1.25 * hits) + 32

/** The share of the vectors in lists that a search looks at, the nearest lists first. */
const PROBED_SHARE = 0.025
/** In smaller sets neighbours are spread over a larger share. */
const FEWEST_PROBED = 8192

/** So few that looking each up is faster than a scan. */
const FEW_ALLOWED = 1000

interface Candidate {
  id: number
  vector: Quantized
}

export interface SegmentReader extends VectorReads {
  /** See SegmentCache. */
  distrust(): void
}

export function createSegmentReader(repository: SegmentRepository, dimensions: number): SegmentReader {
  const stride = strideOf(dimensions)
  const memory = createScanMemory(stride)
  const cache = createSegmentCache(repository, memory, stride)

  /** Calls back with each vector that there is; it is valid during the call only. */
  const lookUp = (
    state: VectorState,
    ids: readonly number[],
    found: (position: number, vector: Quantized) => void
  ): void => {
    cache.refresh(state)
    const places = ids
      .map((id, position) => ({ place: repository.place(id), position }))
      .filter((entry): entry is { place: number; position: number } => entry.place !== null)
      // a segment is read once for all that it holds
      .sort((a, b) => a.place - b.place)
    let openId: number | null = null
    let content: SegmentContent | null = null
    for (const { place, position } of places) {
      const id = segmentOf(place)
      const inMemory = cache.segment(id)
      if (!inMemory && openId !== id) {
        openId = id
        content = repository.segment(id)
      }
      const vector = inMemory
        ? memory.vectorAt(inMemory.slot, indexOf(place))
        : content && vectorAt(content, indexOf(place))
      if (vector) found(position, vector)
    }
  }

  const scores = (state: VectorState, query: Float32Array, ids: readonly number[]): (number | null)[] => {
    const direction = unit(query)
    const result = new Array<number | null>(ids.length).fill(null)
    if (direction)
      lookUp(state, ids, (position, vector) => {
        result[position] = cosine(direction, vector)
      })
    return result
  }

  const best = (hits: VectorHit[], k: number): VectorHit[] =>
    hits.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k)

  const lookThrough = (state: VectorState, query: Float32Array, allowed: AllowedIds): VectorHit[] => {
    const ids = [...allowed]
    return scores(state, query, ids).flatMap((score, position) =>
      score === null ? [] : [{ id: ids[position] ?? 0, score }]
    )
  }

  /** What a filter lets through thins the lists out, so more of them are looked at. */
  const vectorsToProbe = (listed: number, count: number, allowed?: AllowedIds): number => {
    const share = allowed ? Math.min(1, allowed.size / Math.max(1, count)) : 1
    return Math.max(FEWEST_PROBED, (listed * PROBED_SHARE) / Math.sqrt(share))
  }

  return {
    search(state, query, k, allowed) {
      const rounded = quantize(query)
      const direction = unit(query)
      if (!rounded || !direction || k < 1) return []
      if (allowed && allowed.size <= FEW_ALLOWED) return best(lookThrough(state, query, allowed), k)
      cache.refresh(state)
      const top = topCandidates<Candidate>(candidatesFor(k))

      const scan = (slot: number, ids: Float64Array): void => {
        let { floor } = top
        if (memory.scan(slot) <= floor) return
        const found = memory.scores()
        for (let index = 0; index < SEGMENT_SIZE; index++) {
          const score = found[index] ?? Number.NaN
          if (!(score > floor)) continue
          const id = ids[index] ?? 0
          if (allowed && !allowed.has(id)) continue
          top.offer(score, { id, vector: memory.vectorAt(slot, index) })
          floor = top.floor
        }
      }

      memory.setQuery(rounded)
      for (const { slot, ids } of cache.segments) scan(slot, ids)
      let left = vectorsToProbe(cache.listed, state.count, allowed)
      for (const { list, size } of cache.listsNear(rounded)) {
        if (left <= 0) break
        left -= size
        for (const content of repository.inList(list)) {
          const slot = memory.hold(content.scales, content.codes)
          discard(content)
          scan(slot, content.ids)
          memory.release(slot)
        }
      }
      return best(
        top.items().map(({ id, vector }) => ({ id, score: cosine(direction, vector) })),
        k
      )
    },
    scores,
    vectors(state, ids) {
      const result = new Array<Float32Array | null>(ids.length).fill(null)
      lookUp(state, ids, (position, vector) => {
        result[position] = restore(vector, dimensions)
      })
      return result
    },
    distrust: cache.distrust
  }
}
