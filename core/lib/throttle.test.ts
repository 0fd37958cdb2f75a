import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from './throttle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('acts at once, then once for all calls of an interval, and for the last', () => {
  const act = vi.fn()
  const { call } = throttle(act, 500)
  for (let count = 0; count < 10; count += 1) call()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(499)
  call()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5000)
  expect(act).toHaveBeenCalledTimes(2)
  call()
  expect(act).toHaveBeenCalledTimes(3)
})

test('drops what waits when it is cancelled', () => {
  const act = vi.fn()
  const { call, cancel } = throttle(act, 500)
  call()
  call()
  cancel()
  vi.advanceTimersByTime(5000)
  expect(act).toHaveBeenCalledTimes(1)
})
