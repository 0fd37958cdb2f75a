import type { ExactVectorRepository } from './exact-vector-repository.ts'
import { quantize, strideOf, unit } from './quantize.ts'
import { UNSORTED } from './segment.ts'
import { editSegments } from './segment-edit.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState } from './vector-state-repository.ts'

/** Changes of vectors within one transaction, whichever way they are kept. Nothing counts before `save`. */
export interface VectorEdit {
  /** False for a vector that points nowhere, which is not kept. */
  add(id: number, vector: Float32Array): boolean
  /** False where there is none. */
  take(id: number): boolean
  save(): void
}

/** `sum`, here and below: of all vectors at length 1 as they are kept; it is kept up. */
export const editExact = (repository: ExactVectorRepository, sum: Float64Array): VectorEdit => ({
  add(id, vector) {
    const direction = unit(vector)
    if (!direction) return false
    repository.insert(id, direction)
    addTimes(sum, direction, 1)
    return true
  },
  take(id) {
    const vector = repository.get(id)
    if (!vector) return false
    repository.remove(id)
    addTimes(sum, vector, -1)
    return true
  },
  save() {}
})

/** New vectors come in unsorted. */
export function editRounded(
  repository: SegmentRepository,
  { dimensions, version }: VectorState,
  sum: Float64Array
): VectorEdit {
  const edit = editSegments(repository, { stride: strideOf(dimensions), version: version + 1 })
  return {
    add(id, vector) {
      const rounded = quantize(vector)
      if (!rounded) return false
      edit.add(UNSORTED, id, rounded)
      addTimes(sum, rounded.codes, rounded.scale)
      return true
    },
    take(id) {
      const rounded = edit.take(id)
      if (!rounded) return false
      addTimes(sum, rounded.codes, -rounded.scale)
      return true
    },
    save: edit.save
  }
}

function addTimes(sum: Float64Array, numbers: Float32Array | Int8Array, times: number): void {
  for (let index = 0; index < sum.length; index++)
    sum[index] = (sum[index] ?? 0) + times * (numbers[index] ?? 0)
}
