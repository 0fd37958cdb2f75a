import { describe, expect, it } from 'vitest'
import { RestartPolicy } from './restart-policy.ts'

describe('RestartPolicy', () => {
  it('starts again at once, then waits longer each time, then gives up', () => {
    const policy = new RestartPolicy()
    const waits = [1, 2, 3, 4, 5, 6].map((now) => policy.nextDelay(now))
    expect(waits).toEqual([0, 500, 2000, 5000, 10_000, null])
  })

  it('counts a crash shortly after the start as one of the same row', () => {
    const policy = new RestartPolicy()
    policy.nextDelay(0)
    policy.becameReady(1000)
    expect(policy.nextDelay(60_999)).toBe(500)
  })

  it('begins a new row after a minute of health', () => {
    const policy = new RestartPolicy()
    policy.nextDelay(0)
    policy.nextDelay(0)
    policy.becameReady(1000)
    expect(policy.nextDelay(61_000)).toBe(0)
    expect(policy.nextDelay(61_000)).toBe(500)
  })

  it('begins a new row when the person asks for another try', () => {
    const policy = new RestartPolicy()
    for (let crash = 0; crash < 6; crash++) policy.nextDelay(0)
    policy.reset()
    expect(policy.nextDelay(0)).toBe(0)
  })
})
