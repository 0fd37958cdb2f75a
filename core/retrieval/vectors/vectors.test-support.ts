import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Connection } from '../../store/connection.ts'
import { openIndex, openIndexReadOnly } from '../../store/index-database.ts'
import { openVectorStore, type VectorLimits } from './open-vector-store.ts'
import type { VectorStore } from './vector-store.ts'

/** Not a multiple of what the kernel reads at a time. */
export const dimensions = 40
export const embedder = 'test-embedder'

export type Random = () => number

/** Numbers from 0 to 1 that are the same every time (xorshift32). */
export function seededRandom(seed: number): Random {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

export const randomVector = (random: Random): Float32Array =>
  Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5)

/** Vectors around a few middles, as those of texts on a few subjects are. */
export function clusteredVectors(count: number, random: Random): Float32Array[] {
  const middles = Array.from({ length: 12 }, () => randomVector(random))
  return Array.from({ length: count }, () => {
    const noise = randomVector(random)
    const middle = middles[Math.floor(random() * middles.length)] ?? noise
    return middle.map((value, index) => value + 0.8 * (noise[index] ?? 0))
  })
}

export function cosineOf(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

export function indexPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-vectors-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'index.db')
}

export function openTestIndex(path: string, { readOnly = false } = {}): Connection {
  const connection = readOnly ? openIndexReadOnly(path) : openIndex(path)
  onTestFinished(() => void connection.close())
  return connection
}

/** For each way of keeping vectors, limits under which a test's set of 2,000 is kept so. */
export const kinds: { name: string; limits: VectorLimits }[] = [
  { name: 'exact', limits: { exact: 1e9, scanned: 1e9 } },
  { name: 'scanned', limits: { exact: 0, scanned: 1e9 } },
  { name: 'in lists', limits: { exact: 0, scanned: 500 * dimensions } }
]

export const openTestVectors = (connection: Connection, limits: VectorLimits): VectorStore =>
  openVectorStore(connection, { dimensions, embedder, limits })

export function maintainAll(store: VectorStore): void {
  while (store.maintain(1000)) {}
}
