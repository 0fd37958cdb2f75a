import type { Connection } from '../../store/connection.ts'
import { asBytes } from './segment.ts'

/** How the vectors are kept: as they came in a table of sqlite-vec, or rounded in segments. */
export type VectorKind = 'exact' | 'segments'

export interface VectorState {
  embedder: string
  dimensions: number
  kind: VectorKind
  /** Changes with every change of vectors. */
  version: number
  count: number
  /** Lists from here on are those that vectors are sorted into; earlier ones are being emptied. */
  firstList: number
  /** How many vectors there were when those lists were made; 0 while there are none. */
  listedCount: number
}

const schema = `
CREATE TABLE IF NOT EXISTS vector_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  embedder TEXT NOT NULL,
  dimensions INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('exact', 'segments')),
  version INTEGER NOT NULL,
  count INTEGER NOT NULL,
  firstList INTEGER NOT NULL,
  listedCount INTEGER NOT NULL,
  -- of all vectors at length 1, as float64
  sum BLOB NOT NULL
) STRICT;
-- segment * places of a segment + place in the segment
CREATE TABLE IF NOT EXISTS vector_places (id INTEGER PRIMARY KEY, place INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS vector_segments (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL,
  live INTEGER NOT NULL,
  version INTEGER NOT NULL,
  ids BLOB NOT NULL,
  scales BLOB NOT NULL,
  codes BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS vector_segments_by_list ON vector_segments (list, live, version);
CREATE TABLE IF NOT EXISTS vector_lists (id INTEGER PRIMARY KEY, scale REAL NOT NULL, codes BLOB NOT NULL) STRICT;
`

export interface VectorStateRepository {
  state(): VectorState
  sum(): Float64Array
  /** Writes count and sum after vectors came or went, and a new version. */
  change(count: number, sum: Float64Array): void
  /** A new version, for vectors that moved. */
  touch(): void
  setKind(kind: VectorKind): void
  setLists(firstList: number, listedCount: number): void
}

/** Makes the tables of an empty database. */
export function createVectorTables(
  connection: Connection,
  { embedder, dimensions }: { embedder: string; dimensions: number }
): void {
  connection.exec(schema)
  connection
    .prepare(
      `INSERT INTO vector_state (one, embedder, dimensions, kind, version, count, firstList, listedCount, sum)
       VALUES (1, ?, ?, 'exact', 0, 0, 0, 0, ?) ON CONFLICT DO NOTHING`
    )
    .run(embedder, dimensions, asBytes(new Float64Array(dimensions)))
}

/** Whether there are vectors to read, or could be. */
export const hasVectorTables = (connection: Connection): boolean =>
  connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'vector_state'").get() !== undefined

export function vectorStateRepository(connection: Connection): VectorStateRepository {
  const state = connection.prepare<[], VectorState>(
    'SELECT embedder, dimensions, kind, version, count, firstList, listedCount FROM vector_state'
  )
  const sum = connection.prepare<[], Uint8Array>('SELECT sum FROM vector_state').pluck()
  const change = connection.prepare('UPDATE vector_state SET version = version + 1, count = ?, sum = ?')
  const touch = connection.prepare('UPDATE vector_state SET version = version + 1')
  const setKind = connection.prepare('UPDATE vector_state SET version = version + 1, kind = ?')
  const setLists = connection.prepare(
    'UPDATE vector_state SET version = version + 1, firstList = ?, listedCount = ?'
  )
  const only = <T>(row: T | undefined): T => {
    if (row === undefined) throw new Error('vector_state has no row')
    return row
  }
  return {
    state: () => only(state.get()),
    // copied: the bytes need not begin where a number may
    sum: () => new Float64Array(Uint8Array.from(only(sum.get())).buffer),
    change: (count, total) => void change.run(count, asBytes(total)),
    touch: () => void touch.run(),
    setKind: (kind) => void setKind.run(kind),
    setLists: (firstList, listedCount) => void setLists.run(firstList, listedCount)
  }
}
