import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Connection } from '../../store/connection.ts'
import { SEGMENT_SIZE } from './segment.ts'
import {
  dimensions,
  embedder,
  indexPath,
  maintainAll,
  openTestIndex,
  openTestVectors,
  seededRandom
} from './vectors.test-support.ts'

const entry = new URL('./test-processes/keep-changing.ts', import.meta.url).pathname
const limits = { exact: 500 * dimensions, scanned: 1200 * dimensions }
const random = seededRandom(5)

async function changeUntilKilled(path: string, seed: number): Promise<void> {
  const options = JSON.stringify({ dimensions, embedder, limits })
  const child = spawn(process.execPath, [entry, path, options, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  try {
    await once(child.stdout, 'data')
    await sleep(random() * 150)
  } finally {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
}

/** Ids of all vectors, read from the segments themselves. */
function idsInSegments(connection: Connection): number[] {
  const rows = connection
    .prepare<[], { live: number; ids: Buffer; scales: Buffer }>(
      'SELECT live, ids, scales FROM vector_segments'
    )
    .all()
  return rows.flatMap(({ live, ids, scales }) => {
    const held = Array.from({ length: SEGMENT_SIZE }, (_, index) => index).filter(
      (index) => !Number.isNaN(scales.readFloatLE(index * 4))
    )
    expect(held).toHaveLength(live)
    return held.map((index) => ids.readDoubleLE(index * 8))
  })
}

test('a writer killed at any moment leaves an index that is whole', { timeout: 60_000 }, async () => {
  const path = indexPath()
  for (let round = 0; round < 12; round++) {
    await changeUntilKilled(path, round * 13)
    const connection = openTestIndex(path)
    const store = openTestVectors(connection, limits)
    const ids = connection.prepare('SELECT id FROM vector_places ORDER BY id').pluck().all() as number[]
    if (connection.prepare('SELECT kind FROM vector_state').pluck().get() === 'segments') {
      expect(idsInSegments(connection).sort((a, b) => a - b)).toEqual(ids)
      expect(store.count()).toBe(ids.length)
    }
    const known = ids.filter((_, index) => index % 50 === 0)
    for (const [index, vector] of store.vectors(known).entries())
      expect(store.search(vector ?? new Float32Array(dimensions), 1)[0]?.id).toBe(known[index])
    const query = new Float32Array(dimensions).fill(1)
    const scores = store.scores(query, ids)
    const mean = scores.reduce<number>((sum, score) => sum + (score ?? 0), 0) / Math.max(1, ids.length)
    if (ids.length > 0) expect(store.mean(query)).toBeCloseTo(mean, 3)
    maintainAll(store)
    connection.close()
  }
})
