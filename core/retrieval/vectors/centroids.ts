import type { Quantized } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { emptyContent, SEGMENT_SIZE } from './segment.ts'

/** The middles of the lists, in the kernel's memory. */
export interface Centroids {
  readonly count: number
  /** Position of the nearest one. */
  nearest(vector: Quantized): number
  /** How near each is to the vector. */
  scores(vector: Quantized): Float32Array
  release(): void
}

export function holdCentroids(
  memory: ScanMemory,
  stride: number,
  centroids: readonly Quantized[]
): Centroids {
  const slots: number[] = []
  for (let start = 0; start < centroids.length; start += SEGMENT_SIZE) {
    const content = emptyContent(stride)
    for (const [index, { codes, scale }] of centroids.slice(start, start + SEGMENT_SIZE).entries()) {
      content.codes.set(codes, index * stride)
      content.scales[index] = scale
    }
    slots.push(memory.hold(content.scales, content.codes))
  }
  return {
    count: centroids.length,
    nearest(vector) {
      memory.setQuery(vector)
      let best = Number.NEGATIVE_INFINITY
      let position = 0
      for (const [block, slot] of slots.entries()) {
        const score = memory.scan(slot)
        if (score <= best) continue
        best = score
        position = block * SEGMENT_SIZE + memory.scores().indexOf(score)
      }
      return position
    },
    scores(vector) {
      memory.setQuery(vector)
      const scores = new Float32Array(slots.length * SEGMENT_SIZE)
      for (const [block, slot] of slots.entries()) {
        memory.scan(slot)
        scores.set(memory.scores(), block * SEGMENT_SIZE)
      }
      return scores.subarray(0, centroids.length)
    },
    release() {
      for (const slot of slots) memory.release(slot)
    }
  }
}
