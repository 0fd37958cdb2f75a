import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { threadCount } from './thread-count.ts'

describe('the number of compute threads', () => {
  test('is half the cores, and at least one', () => {
    expect(threadCount(1, undefined)).toBe(1)
    expect(threadCount(2, undefined)).toBe(1)
    expect(threadCount(1024, undefined)).toBe(Math.max(1, Math.floor(availableParallelism() / 2)))
  })

  test('is what the person says, if that is a number of threads', () => {
    expect(threadCount(2, '6')).toBe(6)
    for (const nonsense of ['0', '-1', '1.5', 'all', '']) expect(threadCount(2, nonsense)).toBe(1)
  })
})
