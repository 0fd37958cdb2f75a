import type { ClusteredVectors } from './clustering.ts'
import type { Quantized } from './quantize.ts'

/** Copies of some vectors, in one block: a million views and buffers would take more memory than what they hold. */
export interface VectorSample extends ClusteredVectors {
  add(vector: Quantized): void
}

export function createVectorSample(stride: number, capacity: number): VectorSample {
  const codes = new Int8Array(capacity * stride)
  const scales = new Float32Array(capacity)
  let count = 0
  return {
    get count() {
      return count
    },
    at: (position) => ({
      codes: codes.subarray(position * stride, (position + 1) * stride),
      scale: scales[position] ?? 0
    }),
    add(vector) {
      codes.set(vector.codes, count * stride)
      scales[count] = vector.scale
      count += 1
    }
  }
}
