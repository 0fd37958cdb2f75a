import { describe, expect, test } from 'vitest'
import { openVectorStore } from './open-vector-store.ts'
import type { VectorStore } from './vector-store.ts'
import {
  clusteredVectors,
  cosineOf,
  dimensions,
  embedder,
  indexPath,
  kinds,
  maintainAll,
  openTestIndex,
  openTestVectors,
  randomVector,
  seededRandom
} from './vectors.test-support.ts'

const random = seededRandom(7)
const vectors = clusteredVectors(2000, random)
const queries = vectors.slice(0, 40).map((vector) => {
  const noise = randomVector(random)
  return vector.map((value, index) => value + 0.3 * (noise[index] ?? 0))
})
const rows = vectors.map((vector, index) => ({ id: index * 3 + 1, vector }))
const ids = rows.map(({ id }) => id)
const vectorOf = new Map(rows.map(({ id, vector }) => [id, vector]))

/** What comparing the query with everything gives. */
const nearest = (query: Float32Array, k: number, among: readonly number[] = ids): number[] =>
  among
    .map((id) => ({ id, score: cosineOf(query, vectorOf.get(id) ?? query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ id }) => id)

const found = (store: VectorStore, query: Float32Array, k: number, allowed?: Set<number>): number[] =>
  store.search(query, k, allowed).map(({ id }) => id)

function recall(store: VectorStore, allowed?: Set<number>): number {
  const among = allowed && [...allowed]
  const shares = queries.map((query) => {
    const hits = new Set(found(store, query, 10, allowed))
    return nearest(query, 10, among).filter((id) => hits.has(id)).length / 10
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

describe.each(kinds)('vectors that are $name', ({ name, limits }) => {
  const fill = (path = indexPath()) => {
    const connection = openTestIndex(path)
    const store = openTestVectors(connection, limits)
    for (let start = 0; start < rows.length; start += 300) store.put(rows.slice(start, start + 300))
    maintainAll(store)
    return { connection, store, path }
  }
  const [query = new Float32Array(dimensions)] = queries

  test('are kept so', () => {
    const { connection } = fill()
    const kind = connection.prepare('SELECT kind FROM vector_state').pluck().get()
    const lists = connection.prepare('SELECT count(*) FROM vector_lists').pluck().get()
    expect([kind, lists]).toEqual([name === 'exact' ? 'exact' : 'segments', name === 'in lists' ? 8 : 0])
  })

  test('are found, best first, with their cosines', () => {
    const { store } = fill()
    expect(recall(store)).toBeGreaterThan(name === 'exact' ? 0.999 : 0.95)
    const hits = store.search(query, 10)
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
    for (const { id, score } of hits) expect(score).toBeCloseTo(cosineOf(query, vectorOf.get(id) ?? query), 2)
  })

  test('are found among the allowed ones only, few or many', () => {
    const { store } = fill()
    const few = new Set(ids.filter((id) => id % 100 === 1))
    const many = new Set(ids.filter((id) => id % 4 !== 1))
    expect(found(store, query, 5, few)).toEqual(nearest(query, 5, [...few]))
    expect(found(store, query, 50, many).every((id) => many.has(id))).toBe(true)
    expect(recall(store, many)).toBeGreaterThan(0.95)
    expect(found(store, query, 5, new Set())).toEqual([])
    expect(found(store, query, 5, new Set([2]))).toEqual([])
  })

  test('are replaced under the same id', () => {
    const { store } = fill()
    const [best = 0] = found(store, query, 1)
    store.put([{ id: best, vector: query.map((value) => -value) }])
    expect(store.count()).toBe(rows.length)
    expect(found(store, query, 100)).not.toContain(best)
    expect(store.scores(query, [best])[0]).toBeCloseTo(-1, 2)
  })

  test('take the last of two under one id', () => {
    const { store } = fill()
    store.put([
      { id: 1, vector: query },
      { id: 1, vector: query.map((value) => -value) }
    ])
    expect(store.count()).toBe(rows.length)
    expect(store.scores(query, [1])[0]).toBeCloseTo(-1, 2)
  })

  test('are gone once removed, and unknown ids are passed over', () => {
    const { store } = fill()
    const gone = found(store, query, 20)
    store.remove([...gone, 2, 999_999])
    expect(store.count()).toBe(rows.length - 20)
    expect(store.scores(query, gone)).toEqual(gone.map(() => null))
    const next = nearest(query, 60)
    expect(found(store, query, 20).filter((id) => gone.includes(id) || !next.includes(id))).toEqual([])
    store.remove(ids)
    expect([store.count(), store.search(query, 5), store.mean(query)]).toEqual([0, [], 0])
    store.put(rows.slice(0, 5))
    expect(found(store, query, 10)).toHaveLength(5)
  })

  test('point somewhere: zeros take away what was there, and find nothing', () => {
    const { store } = fill()
    const zeros = new Float32Array(dimensions)
    store.put([{ id: 1, vector: zeros }])
    expect(store.count()).toBe(rows.length - 1)
    expect(store.vectors([1])).toEqual([null])
    expect(store.search(zeros, 5)).toEqual([])
    expect(store.scores(zeros, [4])).toEqual([null])
  })

  test('come back at length 1, in the order asked for', () => {
    const { store } = fill()
    const wanted = [ids[1500] ?? 0, 2, ids[3] ?? 0]
    const [first, missing, second] = store.vectors(wanted)
    expect(missing).toBeNull()
    expect(cosineOf(first ?? query, vectors[1500] ?? query)).toBeCloseTo(1, 3)
    expect(cosineOf(second ?? query, vectors[3] ?? query)).toBeCloseTo(1, 3)
    expect(Math.hypot(...(first ?? []))).toBeCloseTo(1, 5)
  })

  test('have a mean cosine, also after changes', () => {
    const { store } = fill()
    store.remove(ids.slice(500))
    const expected = vectors.slice(0, 500).reduce((sum, vector) => sum + cosineOf(query, vector), 0) / 500
    expect(store.mean(query)).toBeCloseTo(expected, 3)
  })

  test('are all there when the index is opened again', () => {
    const { store, connection, path } = fill()
    const before = queries.map((each) => store.search(each, 10))
    connection.close()
    const again = openTestVectors(openTestIndex(path), limits)
    expect(again.count()).toBe(rows.length)
    expect(queries.map((each) => again.search(each, 10))).toEqual(before)
  })

  test('are seen by another connection as they change', () => {
    const { store, path } = fill()
    const reader = openTestVectors(openTestIndex(path, { readOnly: true }), limits)
    const [best = 0] = found(reader, query, 1)
    store.remove([best])
    store.put([{ id: 50_000, vector: query }])
    expect(found(reader, query, 1)).toEqual([50_000])
    expect(found(reader, query, 50)).not.toContain(best)
    expect(reader.count()).toBe(rows.length)
  })

  test('that were never committed are not found', () => {
    const { store, connection } = fill()
    const before = store.search(query, 10)
    const seenInside: number[][] = []
    const attempt = connection.transaction(() => {
      store.put([{ id: 50_000, vector: query }])
      seenInside.push(found(store, query, 1))
      throw new Error('the caller failed')
    })
    expect(attempt).toThrow('the caller failed')
    expect(seenInside).toEqual([[50_000]])
    store.put([{ id: 60_000, vector: query.map((value) => -value) }])
    expect(store.search(query, 10)).toEqual(before)
  })

  test('have the dimension and the embedder of the index', () => {
    const { store, connection } = fill()
    const short = new Float32Array(dimensions - 1).fill(1)
    const broken = new Float32Array(dimensions).fill(Number.NaN)
    for (const vector of [short, broken]) {
      expect(() => store.put([{ id: 1, vector }])).toThrow(expect.objectContaining({ code: 'bad-request' }))
      expect(() => store.search(vector, 1)).toThrow(expect.objectContaining({ code: 'bad-request' }))
    }
    for (const other of [
      { dimensions: 64, embedder },
      { dimensions, embedder: 'another' }
    ])
      expect(() => openVectorStore(connection, other)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(store.count()).toBe(rows.length)
  })
})

test('an index that holds no vectors yet cannot be read', () => {
  const path = indexPath()
  openTestIndex(path)
  expect(() => openTestVectors(openTestIndex(path, { readOnly: true }), { exact: 0, scanned: 0 })).toThrow(
    expect.objectContaining({ code: 'not-found' })
  )
})
