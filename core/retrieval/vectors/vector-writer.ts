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

  const outgrow = (state: VectorState): VectorState => {
    const edit = editRounded(segments, state)
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
    let state = states.state()
    if (state.kind === 'exact' && state.count + changes.length > mostExact) state = outgrow(state)
    const edit = state.kind === 'exact' ? editExact(exact()) : editRounded(segments, state)
    const sum = states.sum()
    let { count } = state
    const tally = (vector: Float32Array | null, times: 1 | -1): void => {
      if (!vector) return
      count += times
      for (let index = 0; index < sum.length; index++)
        sum[index] = (sum[index] ?? 0) + times * (vector[index] ?? 0)
    }
    for (const { id, vector } of changes) {
      tally(edit.take(id), -1)
      if (vector) tally(edit.add(id, vector), 1)
    }
    edit.save()
    // what rounding left of sums and differences
    if (count === 0) sum.fill(0)
    states.change(count, sum)
  }
}
