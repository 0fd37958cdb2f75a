import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { threadCandidates, threadCount } from './thread-count.ts'

describe('the number of compute threads', () => {
  test('is half the cores, and at least one', () => {
    expect(threadCount(1, null, undefined)).toBe(1)
    expect(threadCount(2, null, undefined)).toBe(1)
    expect(threadCount(1024, null, undefined)).toBe(Math.max(1, Math.floor(availableParallelism() / 2)))
  })

  test('is what the model is set to', () => {
    expect(threadCount(2, 6, undefined)).toBe(6)
  })

  test('is what the environment says before all, if that is a number of threads', () => {
    expect(threadCount(2, 4, '6')).toBe(6)
    for (const nonsense of ['0', '-1', '1.5', 'all', '']) expect(threadCount(2, null, nonsense)).toBe(1)
  })
})

describe('the numbers of threads that are tried', () => {
  test('begin with one and never are all cores', () => {
    for (const cores of [1, 2, availableParallelism()]) {
      const candidates = threadCandidates(cores, undefined)
      expect(candidates[0]).toBe(1)
      expect(Math.max(...candidates)).toBeLessThanOrEqual(Math.max(1, cores - 1))
    }
  })

  test('are but one where the environment says how many', () => {
    expect(threadCandidates(8, '3')).toEqual([3])
  })
})
