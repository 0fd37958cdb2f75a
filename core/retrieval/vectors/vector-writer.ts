import type { Connection } from '../../store/connection.ts'
import { dropExactTable, type ExactVectorRepository } from './exact-vector-repository.ts'
import type { SegmentRepository } from './segment-repository.ts'
import { editExact, editRounded } from './vector-edit.ts'
import type { VectorState, VectorStateRepository } from './vector-state-repository.ts'

export interface VectorChange {
  id: number
  /** Null: it goes. */
  vector: Float32Array | null
}

export interface VectorWriterParts {
  connection: Connection
  states: VectorStateRepository
  segments: SegmentRepository
  exact(): ExactVectorRepository
  /** How many vectors are kept as they came. */
  mostExact: number
}

/** Applies changes; the caller holds the transaction. Moves a set to segments before it outgrows sqlite-vec. */
export function createVectorWriter(parts: VectorWriterParts): (changes: readonly VectorChange[]) => void {
  const { connection, states, segments, exact, mostExact } = parts

  const outgrow = (state: VectorState, sum: Float64Array): VectorState => {
    // each is rounded, and they sum up to something else
    sum.fill(0)
    const edit = editRounded(segments, state, sum)
    for (const id of exact().ids()) {
      const vector = exact().get(id)
      if (vector) edit.add(id, vector)
    }
    edit.save()
    dropExactTable(connection)
    states.setKind('segments')
    return states.state()
  }

  return (changes) => {
    const sum = states.sum()
    let state = states.state()
    if (state.kind === 'exact' && state.count + changes.length > mostExact) state = outgrow(state, sum)
    const edit = state.kind === 'exact' ? editExact(exact(), sum) : editRounded(segments, state, sum)
    let { count } = state
    for (const { id, vector } of changes) {
      if (edit.take(id)) count -= 1
      if (vector && edit.add(id, vector)) count += 1
    }
    edit.save()
    // what rounding left of sums and differences
    if (count === 0) sum.fill(0)
    states.change(count, sum)
  }
}
