import { cpus } from 'node:os'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CpuTimes, coresOfOthers, ThreadLimit } from './thread-limit.ts'

const CORES = 8

/** A machine on which time passes with so many cores busy. */
function machine() {
  const logical = cpus().length
  const times: CpuTimes = { total: 0, idle: 0, own: 0 }
  const llama = { maxThreads: 0 }
  const limit = new ThreadLimit(llama, CORES, () => ({ ...times }))
  const second = (busy: { others: number; own: number }) => {
    times.total += 1000 * logical
    times.idle += 1000 * (logical - busy.others - busy.own)
    times.own += 1000 * busy.own
    vi.advanceTimersByTime(1000)
    return llama.maxThreads
  }
  return { llama, limit, second }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the limit of threads', () => {
  test('counts the cores of others without those of this process', () => {
    const before = { total: 10_000, idle: 5000, own: 1000 }
    expect(coresOfOthers(before, { total: 18_000, idle: 8000, own: 4000 }, 8)).toBe(2)
    expect(coresOfOthers(before, { total: 18_000, idle: 8000, own: 9000 }, 8)).toBe(0)
    expect(coresOfOthers(before, before, 8)).toBe(0)
  })

  test('falls at once when others need the cores, and rises by one a second when they no longer do', () => {
    const { limit, second } = machine()
    limit.watch(true)
    expect(second({ others: 0.3, own: 4 })).toBe(7)
    expect(second({ others: 5.5, own: 2 })).toBe(2)
    expect(second({ others: 20, own: 1 })).toBe(1)
    expect([1, 2, 3].map(() => second({ others: 0, own: 4 }))).toEqual([2, 3, 4])
    expect(second({ others: 4.5, own: 4 })).toBe(3)
  })

  test('stays where it is while nothing is computed', () => {
    const { limit, second } = machine()
    expect(second({ others: 7, own: 0 })).toBe(7)
    limit.watch(true)
    limit.watch(true)
    limit.watch(false)
    expect(second({ others: 7, own: 0 })).toBe(7)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is lifted while a model is loaded, and as high as the person wants for it', async () => {
    const { llama, limit, second } = machine()
    limit.watch(true)
    second({ others: 7, own: 1 })
    const gate = Promise.withResolvers<string>()
    const load = limit.duringLoad(CORES, () => gate.promise)
    expect(llama.maxThreads).toBe(8)
    expect(second({ others: 7, own: 1 })).toBe(8)
    gate.resolve('loaded')
    await expect(load).resolves.toBe('loaded')
    expect(second({ others: 7, own: 1 })).toBe(1)
    for (let index = 0; index < 10; index += 1) second({ others: 0, own: 1 })
    expect(llama.maxThreads).toBe(8)
  })

  test('leaves two models a thread each on the smallest machine', () => {
    const llama = { maxThreads: 0 }
    new ThreadLimit(llama, 1)
    expect(llama.maxThreads).toBe(2)
  })
})
