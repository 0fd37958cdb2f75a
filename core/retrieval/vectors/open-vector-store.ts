import { HomeportError } from '../../errors/homeport-error.ts'
import type { Connection } from '../../store/connection.ts'
import { createExactReader } from './exact-reader.ts'
import {
  createExactTable,
  type ExactVectorRepository,
  exactVectorRepository
} from './exact-vector-repository.ts'
import { createListSorter } from './list-sorter.ts'
import { checkVector, dot, unit } from './quantize.ts'
import { createSegmentReader } from './segment-reader.ts'
import { segmentRepository } from './segment-repository.ts'
import type { VectorReads } from './vector-reads.ts'
import {
  createVectorTables,
  hasVectorTables,
  type VectorState,
  vectorStateRepository
} from './vector-state-repository.ts'
import type { VectorStore } from './vector-store.ts'
import { createVectorWriter, type VectorChange } from './vector-writer.ts'

/** Up to which size a set is kept in which way, in numbers (vectors times dimensions): that is what a search reads. */
export interface VectorLimits {
  /** As they came, in sqlite-vec: about 3 ms a search. */
  exact: number
  /** Rounded, and all compared: about 4 ms a search, and as many bytes of memory. Above that, sorted into lists. */
  scanned: number
}

const usualLimits: VectorLimits = { exact: 4_096 * 384, scanned: 50_000 * 384 }

const MOST_HITS = 1000

export interface VectorStoreOptions {
  dimensions: number
  /** Whose vectors they are: model and version. Vectors of two embedders say nothing about each other. */
  embedder: string
  limits?: VectorLimits
}

/**
 * The vectors of an index, on a connection of `openIndex`, or of `openIndexReadOnly` once a writing one has made the
 * tables. A set moves from one way of being kept to the next as it grows; readers on other connections notice by
 * themselves. Throws `conflict` where the index holds vectors of another embedder or dimension, and `not-found` where it
 * has none yet and is only read.
 */
export function openVectorStore(connection: Connection, options: VectorStoreOptions): VectorStore {
  const { dimensions, limits = usualLimits } = options
  const within = <T>(work: () => T): T => connection.transaction(work)()
  if (!hasVectorTables(connection)) {
    if (connection.readonly) throw new HomeportError('not-found', 'The index holds no vectors yet')
    within(() => {
      createVectorTables(connection, options)
      createExactTable(connection, dimensions)
    })
  }
  const states = vectorStateRepository(connection)
  refuseOthers(states.state(), options)

  const segments = segmentRepository(connection)
  // prepared when first asked for: the table is gone once a set has outgrown it
  let prepared: ExactVectorRepository | null = null
  const exact = (): ExactVectorRepository => {
    prepared ??= exactVectorRepository(connection)
    return prepared
  }
  const exactReader = createExactReader(exact)
  const segmentReader = createSegmentReader(segments, dimensions)
  const sorter = createListSorter({ connection, states, segments, mostScanned: limits.scanned / dimensions })
  const write = createVectorWriter({
    connection,
    states,
    segments,
    exact,
    mostExact: limits.exact / dimensions
  })

  const change = (changes: readonly VectorChange[]): void => {
    if (changes.length > 0) within(() => write(changes))
  }

  /** Searches read several tables, and see one state of them all. */
  const read = <T>(work: (reads: VectorReads, state: VectorState) => T): T => {
    const mayBeUndone = connection.inTransaction && !connection.readonly
    try {
      return within(() => {
        const state = states.state()
        return work(state.kind === 'exact' ? exactReader : segmentReader, state)
      })
    } finally {
      if (mayBeUndone) segmentReader.distrust()
    }
  }

  return {
    dimensions,
    put(rows) {
      for (const { vector } of rows) checkVector(vector, dimensions)
      change(rows)
    },
    remove: (ids) => change(ids.map((id) => ({ id, vector: null }))),
    search(query, k, allowed) {
      checkVector(query, dimensions)
      if (k < 1) return []
      return read((reads, state) => reads.search(state, query, Math.min(k, MOST_HITS), allowed))
    },
    scores(query, ids) {
      checkVector(query, dimensions)
      return read((reads, state) => reads.scores(state, query, ids))
    },
    vectors: (ids) => read((reads, state) => reads.vectors(state, ids)),
    count: () => states.state().count,
    mean(query) {
      checkVector(query, dimensions)
      const direction = unit(query)
      if (!direction) return 0
      // the mean of the products is the product with the mean
      return within(() => dot(direction, states.sum()) / Math.max(1, states.state().count))
    },
    center: () =>
      within(() => {
        const count = Math.max(1, states.state().count)
        return Float32Array.from(states.sum(), (value) => value / count)
      }),
    maintain: (budgetMs) => sorter.work(budgetMs)
  }
}

function refuseOthers(state: VectorState, { embedder, dimensions }: VectorStoreOptions): void {
  if (state.embedder === embedder && state.dimensions === dimensions) return
  throw new HomeportError('conflict', 'The index holds vectors of another embedder', {
    action: 'Build the index again with this embedder'
  })
}
