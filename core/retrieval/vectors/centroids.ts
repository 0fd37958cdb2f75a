import type { Quantized } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'
import { emptyContent, SEGMENT_SIZE } from './segment.ts'

/** The middles of lists, in the kernel's memory. */
export interface Centroids {
  readonly count: number
  /** Position of the nearest one, and its score. */
  nearest(vector: Quantized): { position: number; score: number }
  /** How near each is to the vector. */
  scores(vector: Quantized): Float32Array
  release(): void
}

export function holdCentroids(
  memory: ScanMemory,
  stride: number,
  centroids: readonly Quantized[]
): Centroids {
  const blocks: { slot: number; start: number; size: number }[] = []
  for (let start = 0; start < centroids.length; start += SEGMENT_SIZE) {
    const block = centroids.slice(start, start + SEGMENT_SIZE)
    const content = emptyContent(stride)
    for (const [index, { codes, scale }] of block.entries()) {
      content.codes.set(codes, index * stride)
      content.scales[index] = scale
    }
    blocks.push({ slot: memory.hold(content.scales, content.codes), start, size: block.length })
  }
  return {
    count: centroids.length,
    nearest(vector) {
      memory.setQuery(vector)
      let best = Number.NEGATIVE_INFINITY
      let position = 0
      for (const { slot, start, size } of blocks) {
        const score = memory.scan(slot, size)
        if (score <= best) continue
        best = score
        position = start + memory.scores().indexOf(score)
      }
      return { position, score: best }
    },
    scores(vector) {
      memory.setQuery(vector)
      const scores = new Float32Array(centroids.length)
      for (const { slot, start, size } of blocks) {
        memory.scan(slot, size)
        scores.set(memory.scores().subarray(0, size), start)
      }
      return scores
    },
    release() {
      for (const { slot } of blocks) memory.release(slot)
    }
  }
}
