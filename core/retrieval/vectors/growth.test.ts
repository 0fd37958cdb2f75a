import { expect, test } from 'vitest'
import {
  clusteredVectors,
  cosineOf,
  dimensions,
  indexPath,
  openTestIndex,
  openTestVectors,
  seededRandom
} from './vectors.test-support.ts'

const limits = { exact: 1000 * dimensions, scanned: 5000 * dimensions }

test('a set stays searchable and whole while it outgrows one way of being kept after the other', () => {
  const random = seededRandom(11)
  const vectors = clusteredVectors(24_500, random)
  const rows = vectors.map((vector, id) => ({ id, vector }))
  const path = indexPath()
  const store = openTestVectors(openTestIndex(path), limits)
  store.put(rows.slice(0, 500))
  const reader = openTestVectors(openTestIndex(path, { readOnly: true }), limits)
  const ways = new Set<string>()

  const findsItself = (id: number): boolean => {
    const [hit] = reader.search(vectors[id] ?? new Float32Array(dimensions), 1)
    return hit?.id === id && hit.score > 0.99
  }
  const way = openTestIndex(path, { readOnly: true }).prepare(
    `SELECT kind || ' ' || (SELECT count(*) > 0 FROM vector_lists) FROM vector_state`
  )
  for (let there = 500; there < rows.length; there += 3000) {
    store.put(rows.slice(there, there + 3000))
    for (let more = true, step = 0; more; step++) {
      more = store.maintain(0)
      if (step % 40 === 0)
        expect([step, findsItself(step % there), findsItself(there)]).toEqual([step, true, true])
    }
    ways.add(String(way.pluck().get()))
    expect(reader.count()).toBe(Math.min(rows.length, there + 3000))
  }
  expect([...ways]).toEqual(['segments 0', 'segments 1'])

  const recallAmong = (allowed?: Set<number>): number => {
    const queries = clusteredQueries(vectors, 10)
    const shares = queries.map((query) => {
      const hits = new Set(reader.search(query, 10, allowed).map(({ id }) => id))
      const nearest = rows
        .filter(({ id }) => allowed?.has(id) ?? true)
        .map(({ id, vector }) => ({ id, score: cosineOf(query, vector) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, 10)
      return nearest.filter(({ id }) => hits.has(id)).length / 10
    })
    return shares.reduce((sum, share) => sum + share, 0) / shares.length
  }
  expect(recallAmong()).toBeGreaterThan(0.95)
  expect(recallAmong(new Set(rows.map(({ id }) => id).filter((id) => id % 8 === 0)))).toBeGreaterThan(0.95)
})

/** Halfway between two neighbours in the order of making: no query is itself in the set. */
function clusteredQueries(vectors: readonly Float32Array[], count: number): Float32Array[] {
  return Array.from({ length: count }, (_, position) => {
    const [a, b] = [vectors[position * 7], vectors[position * 7 + 1]]
    return Float32Array.from(a ?? [], (value, index) => value + 0.5 * (b?.[index] ?? 0))
  })
}
