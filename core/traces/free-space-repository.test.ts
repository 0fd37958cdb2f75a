import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Store } from '../store/store.ts'
import { openTestTraces, plainTrace } from './trace-samples.test-support.ts'

const DAY = 86_400_000

const pages = async (store: Store, pragma: 'page_count' | 'freelist_count'): Promise<number> => {
  const [result] = await store.write('traces', [{ sql: `PRAGMA ${pragma}` }])
  return Number(result?.rows[0]?.[pragma])
}

test('a step gives back as many pages as it says', async () => {
  const { store } = await openTestTraces()
  await store.write('traces', [{ sql: "INSERT INTO bodies VALUES (1, x'00', 0, 0, zeroblob(400000))" }])
  await store.write('traces', [{ sql: 'DELETE FROM bodies' }])
  const before = await pages(store, 'freelist_count')
  expect(before).toBeGreaterThan(60)
  await store.write('traces', [{ sql: 'PRAGMA incremental_vacuum(50)' }])
  expect(await pages(store, 'freelist_count')).toBe(before - 50)
})

test('what was cleared away is given back to the disk', async () => {
  const { store, traces, keep } = await openTestTraces()
  const bodies = Array.from({ length: 40 }, () => randomBytes(200_000).toString('base64'))
  await Promise.all(bodies.map((responseBody) => traces.record(plainTrace({}, { responseBody }))))
  const before = await pages(store, 'page_count')
  expect(before).toBeGreaterThan(1900)
  keep({ bodyDays: 1 })
  await traces.prune(Date.now() + 3 * DAY)
  expect(await pages(store, 'freelist_count')).toBeLessThanOrEqual(1000)
  expect(await pages(store, 'page_count')).toBeLessThan(before - 500)
})
