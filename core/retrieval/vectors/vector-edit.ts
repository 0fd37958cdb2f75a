import type { ExactVectorRepository } from './exact-vector-repository.ts'
import { quantize, restore, strideOf, unit } from './quantize.ts'
import { UNSORTED } from './segment.ts'
import { editSegments } from './segment-edit.ts'
import type { SegmentRepository } from './segment-repository.ts'
import type { VectorState } from './vector-state-repository.ts'

/** Changes of vectors within one transaction, whichever way they are kept. Nothing counts before `save`. */
export interface VectorEdit {
  /** Gives the vector at length 1 as it is kept; null for one that points nowhere, which is not kept. */
  add(id: number, vector: Float32Array): Float32Array | null
  /** Gives what was there, at length 1; null where nothing was. */
  take(id: number): Float32Array | null
  save(): void
}

export const editExact = (repository: ExactVectorRepository): VectorEdit => ({
  add(id, vector) {
    const direction = unit(vector)
    if (direction) repository.insert(id, direction)
    return direction
  },
  take(id) {
    const vector = repository.get(id)
    if (vector) repository.remove(id)
    return vector
  },
  save() {}
})

/** New vectors come in unsorted. */
export function editRounded(repository: SegmentRepository, state: VectorState): VectorEdit {
  const { dimensions } = state
  const edit = editSegments(repository, { stride: strideOf(dimensions), version: state.version + 1 })
  return {
    add(id, vector) {
      const rounded = quantize(vector)
      if (!rounded) return null
      edit.add(UNSORTED, id, rounded)
      return restore(rounded, dimensions)
    },
    take(id) {
      const rounded = edit.take(id)
      return rounded && restore(rounded, dimensions)
    },
    save: edit.save
  }
}
