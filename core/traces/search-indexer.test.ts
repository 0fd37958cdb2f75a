import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { createSearchIndexer } from './search-indexer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** An indexer that never finds anything to do, and how often it looked. */
function openIndexer() {
  let looked = 0
  const indexer = createSearchIndexer({
    writer: { write: async () => [] },
    nextToIndex: async () => {
      looked += 1
      return []
    },
    logger: silentLogger
  })
  return { indexer, looked: () => looked }
}

test('begins when no call has ended for a moment', async () => {
  const { indexer, looked } = openIndexer()
  for (let call = 0; call < 5; call++) {
    indexer.wake()
    await vi.advanceTimersByTimeAsync(1500)
  }
  expect(looked()).toBe(0)
  await vi.advanceTimersByTimeAsync(500)
  expect(looked()).toBe(1)
})

test('does not wait for ever where calls never cease', async () => {
  const { indexer, looked } = openIndexer()
  for (let call = 0; call < 40; call++) {
    indexer.wake()
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(looked()).toBe(1)
})
