import type { VectorState } from './vector-state-repository.ts'
import type { AllowedIds, VectorHit } from './vector-store.ts'

/** What each way of keeping vectors can be asked, within one read transaction whose state is given. */
export interface VectorReads {
  search(state: VectorState, query: Float32Array, k: number, allowed?: AllowedIds): VectorHit[]
  scores(state: VectorState, query: Float32Array, ids: readonly number[]): (number | null)[]
  vectors(state: VectorState, ids: readonly number[]): (Float32Array | null)[]
}
