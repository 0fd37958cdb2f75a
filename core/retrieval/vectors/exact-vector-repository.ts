import type { Connection } from '../../store/connection.ts'
import { asBytes } from './segment.ts'
import type { AllowedIds, VectorHit } from './vector-store.ts'

/** Vectors of length 1 in a table of sqlite-vec: every search compares all of them. */
export interface ExactVectorRepository {
  get(id: number): Float32Array | null
  insert(id: number, vector: Float32Array): void
  remove(id: number): void
  search(query: Float32Array, k: number, allowed?: AllowedIds): VectorHit[]
  ids(): number[]
}

// distances are Euclidean, which sqlite-vec computes with SIMD and cosines without; at length 1 each gives the other

export function createExactTable(connection: Connection, dimensions: number): void {
  connection.exec(
    `CREATE VIRTUAL TABLE IF NOT EXISTS vector_exact
     USING vec0 (id INTEGER PRIMARY KEY, vector float[${dimensions}])`
  )
}

export const dropExactTable = (connection: Connection): void =>
  void connection.exec('DROP TABLE IF EXISTS vector_exact')

const asVector = (bytes: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer)

/** The table must be there. */
export function exactVectorRepository(connection: Connection): ExactVectorRepository {
  const get = connection.prepare<[bigint], Uint8Array>('SELECT vector FROM vector_exact WHERE id = ?').pluck()
  const insert = connection.prepare('INSERT INTO vector_exact (id, vector) VALUES (?, ?)')
  const remove = connection.prepare('DELETE FROM vector_exact WHERE id = ?')
  const search = connection.prepare<[Uint8Array, number], VectorHit>(
    'SELECT id, 1 - distance * distance / 2 AS score FROM vector_exact WHERE vector MATCH ? AND k = ? ORDER BY distance'
  )
  const searchAmong = connection.prepare<[Uint8Array, number, string], VectorHit>(
    `SELECT id, 1 - distance * distance / 2 AS score FROM vector_exact
     WHERE vector MATCH ? AND k = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY distance`
  )
  const ids = connection.prepare<[], number>('SELECT id FROM vector_exact').pluck()
  return {
    get(id) {
      const bytes = get.get(BigInt(id))
      return bytes ? asVector(bytes) : null
    },
    // sqlite-vec takes no float for an id, and a number is bound as one
    insert: (id, vector) => void insert.run(BigInt(id), asBytes(vector)),
    remove: (id) => void remove.run(BigInt(id)),
    search: (query, k, allowed) =>
      allowed
        ? searchAmong.all(asBytes(query), k, JSON.stringify([...allowed]))
        : search.all(asBytes(query), k),
    ids: () => ids.all()
  }
}
