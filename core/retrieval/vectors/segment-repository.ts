import type { Connection } from '../../store/connection.ts'
import type { Quantized } from './quantize.ts'
import {
  asBytes,
  asCodes,
  type ContentRow,
  readContent,
  SEGMENT_SIZE,
  type Segment,
  type SegmentContent,
  UNSORTED
} from './segment.ts'

export interface SegmentRepository {
  segment(id: number): Segment | null
  /** A segment of the list with a free place. */
  roomIn(list: number): number | null
  /** Without an id: a new segment. Gives its id. */
  save(segment: Omit<Segment, 'id'>, id: number | null): number
  removeSegment(id: number): void
  /** Which segments hold unsorted vectors, in buckets or not, and the version of each. */
  unsorted(): { id: number; version: number }[]
  /** How many segments hold unsorted vectors that are in no bucket; and some of those. */
  newCount(): number
  newOnes(limit: number): number[]
  /** Some of one bucket; where there are no buckets, some of lists before `firstList`. */
  halfSorted(firstList: number, limit: number): number[]
  inList(list: number): SegmentContent[]
  /** How many vectors each list holds; lists without any are left out. */
  listSizes(): { list: number; size: number }[]
  place(id: number): number | null
  /** The highest id that has a place; 0 where none has. */
  highestId(): number
  setPlace(id: number, place: number): void
  removePlace(id: number): void
  lists(): { id: number; centroid: Quantized }[]
  /** Gives the first one's id; the others follow. */
  addLists(centroids: readonly Quantized[]): number
  removeListsBefore(firstList: number): void
  /** Segments in the order of their making, for a sample. */
  segmentIds(): number[]
}

type SegmentRow = ContentRow & { id: number; list: number; live: number; version: number }

export function segmentRepository(connection: Connection): SegmentRepository {
  const segment = connection.prepare<[number], SegmentRow>(
    'SELECT id, list, live, version, ids, scales, codes FROM vector_segments WHERE id = ?'
  )
  const roomIn = connection
    .prepare<[number], number>(
      `SELECT id FROM vector_segments WHERE list = ? AND live < ${SEGMENT_SIZE} LIMIT 1`
    )
    .pluck()
  const insert = connection.prepare(
    'INSERT INTO vector_segments (list, live, version, ids, scales, codes) VALUES (?, ?, ?, ?, ?, ?)'
  )
  const update = connection.prepare(
    'UPDATE vector_segments SET list = ?, live = ?, version = ?, ids = ?, scales = ?, codes = ? WHERE id = ?'
  )
  const removeSegment = connection.prepare('DELETE FROM vector_segments WHERE id = ?')
  const unsorted = connection.prepare<[], { id: number; version: number }>(
    `SELECT id, version FROM vector_segments WHERE list <= ${UNSORTED}`
  )
  const newCount = connection
    .prepare<[], number>(`SELECT count(*) FROM vector_segments WHERE list = ${UNSORTED}`)
    .pluck()
  const newOnes = connection
    .prepare<[number], number>(`SELECT id FROM vector_segments WHERE list = ${UNSORTED} LIMIT ?`)
    .pluck()
  const halfSorted = connection.prepare<[number, number], { id: number; list: number }>(
    `SELECT id, list FROM vector_segments WHERE list < ? AND list <> ${UNSORTED} ORDER BY list LIMIT ?`
  )
  const inList = connection.prepare<[number], ContentRow>(
    'SELECT ids, scales, codes FROM vector_segments WHERE list = ?'
  )
  const listSizes = connection.prepare<[], { list: number; size: number }>(
    `SELECT list, sum(live) AS size FROM vector_segments WHERE list > ${UNSORTED} GROUP BY list`
  )
  const place = connection.prepare<[number], number>('SELECT place FROM vector_places WHERE id = ?').pluck()
  const highestId = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM vector_places').pluck()
  const setPlace = connection.prepare('INSERT OR REPLACE INTO vector_places (id, place) VALUES (?, ?)')
  const removePlace = connection.prepare('DELETE FROM vector_places WHERE id = ?')
  const lists = connection.prepare<[], { id: number; scale: number; codes: Uint8Array }>(
    'SELECT id, scale, codes FROM vector_lists ORDER BY id'
  )
  const lastList = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM vector_lists').pluck()
  const addList = connection.prepare('INSERT INTO vector_lists (id, scale, codes) VALUES (?, ?, ?)')
  const removeListsBefore = connection.prepare('DELETE FROM vector_lists WHERE id < ?')
  const segmentIds = connection.prepare<[], number>('SELECT id FROM vector_segments ORDER BY id').pluck()

  return {
    segment(id) {
      const row = segment.get(id)
      return row ? { ...row, ...readContent(row) } : null
    },
    roomIn: (list) => roomIn.get(list) ?? null,
    save({ list, live, version, ids, scales, codes }, id) {
      const content = [asBytes(ids), asBytes(scales), asBytes(codes)]
      if (id === null) return Number(insert.run(list, live, version, ...content).lastInsertRowid)
      update.run(list, live, version, ...content, id)
      return id
    },
    removeSegment: (id) => void removeSegment.run(id),
    unsorted: () => unsorted.all(),
    newCount: () => newCount.get() ?? 0,
    newOnes: (limit) => newOnes.all(limit),
    halfSorted(firstList, limit) {
      const rows = halfSorted.all(firstList, limit)
      const first = rows[0]?.list ?? UNSORTED
      return rows.filter(({ list }) => list === first || first > UNSORTED).map(({ id }) => id)
    },
    inList: (list) => inList.all(list).map(readContent),
    listSizes: () => listSizes.all(),
    place: (id) => place.get(id) ?? null,
    highestId: () => highestId.get() ?? 0,
    setPlace: (id, at) => void setPlace.run(id, at),
    removePlace: (id) => void removePlace.run(id),
    lists: () =>
      lists.all().map(({ id, scale, codes }) => ({ id, centroid: { scale, codes: asCodes(codes) } })),
    addLists(centroids) {
      const first = (lastList.get() ?? 0) + 1
      for (const [index, { scale, codes }] of centroids.entries())
        addList.run(first + index, scale, asBytes(codes))
      return first
    },
    removeListsBefore: (firstList) => void removeListsBefore.run(firstList),
    segmentIds: () => segmentIds.all()
  }
}
