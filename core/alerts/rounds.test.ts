import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createRounds } from './rounds.ts'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

/** Rounds that take so many milliseconds, and what they did. */
function testRounds(tookMs = 0) {
  const seen: string[] = []
  const rounds = createRounds(async () => {
    seen.push('begins')
    await new Promise((resolve) => setTimeout(resolve, tookMs))
    seen.push('ends')
  })
  onTestFinished(() => void rounds.end())
  return { rounds, seen }
}

test('however many calls end, one round looks at them, within a second', async () => {
  const { rounds, seen } = testRounds()
  for (let call = 0; call < 100; call++) rounds.soon()
  await vi.advanceTimersByTimeAsync(999)
  expect(seen).toEqual([])
  await vi.advanceTimersByTimeAsync(10)
  expect(seen).toEqual(['begins', 'ends'])
})

test('rounds that take long leave most of the time to others', async () => {
  const { rounds, seen } = testRounds(500)
  rounds.soon()
  await vi.advanceTimersByTimeAsync(1500)
  rounds.soon()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(seen).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen).toHaveLength(4)
})

test('once begun there is one every minute', async () => {
  const { rounds, seen } = testRounds()
  rounds.begin()
  await vi.advanceTimersByTimeAsync(180_001)
  expect(seen.filter((what) => what === 'begins')).toHaveLength(3)
})

test('one at a time, and nothing else meanwhile', async () => {
  const { rounds, seen } = testRounds(100)
  const all = [
    rounds.now(),
    rounds.apart(async () => {
      seen.push('apart')
      throw new Error('in vain')
    }),
    rounds.now()
  ]
  const settled = Promise.allSettled(all)
  await vi.advanceTimersByTimeAsync(200)
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(seen).toEqual(['begins', 'ends', 'apart', 'begins', 'ends'])
})

test('the end waits for a round that runs, and no other begins', async () => {
  const { rounds, seen } = testRounds(100)
  rounds.begin()
  void rounds.now()
  await vi.advanceTimersByTimeAsync(50)
  rounds.soon()
  const ended = rounds.end()
  await vi.advanceTimersByTimeAsync(120_000)
  await ended
  await rounds.now()
  expect(seen).toEqual(['begins', 'ends'])
})
