import { describe, expect, it } from 'vitest'
import { Breaker } from './breaker.ts'

const usual = { atOnce: false, restMs: null }

/** Fails so often at this time. */
function failed(breaker: Breaker, times: number, now = 0): void {
  for (let time = 0; time < times; time++) {
    breaker.begin()
    breaker.failed(now, usual)
  }
}

describe('Breaker', () => {
  it('rests after three failures in a row, not after two', () => {
    const breaker = new Breaker()
    failed(breaker, 2)
    expect(breaker.restsUntil(0)).toBe(0)
    failed(breaker, 1)
    expect(breaker.restsUntil(0)).toBe(5000)
    expect(breaker.state(4999)).toBe('resting')
  })

  it('counts anew after a success', () => {
    const breaker = new Breaker()
    failed(breaker, 2)
    breaker.succeeded()
    failed(breaker, 2)
    expect(breaker.state(0)).toBe('well')
  })

  it('rests at once, and as long as it was told to', () => {
    const breaker = new Breaker()
    breaker.failed(0, { atOnce: true, restMs: 60_000 })
    expect(breaker.restsUntil(0)).toBe(60_000)
  })

  it('rests twice as long each time it fails again, at most five minutes', () => {
    const breaker = new Breaker()
    failed(breaker, 3)
    const rests: number[] = []
    let now = 0
    for (let probe = 0; probe < 8; probe++) {
      now = breaker.restsUntil(now)
      breaker.begin()
      breaker.failed(now, usual)
      rests.push(breaker.restsUntil(now) - now)
    }
    expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
  })

  it('never rests longer than five minutes, whatever it was told', () => {
    const breaker = new Breaker()
    breaker.failed(0, { atOnce: true, restMs: 86_400_000 })
    expect(breaker.restsUntil(0)).toBe(300_000)
  })

  it('is probed by one call after its rest, and well when that is answered', () => {
    const breaker = new Breaker()
    failed(breaker, 3)
    expect(breaker.restsUntil(5000)).toBe(0)
    breaker.begin()
    expect(breaker.state(5000)).toBe('trying')
    expect(breaker.restsUntil(5000)).toBeGreaterThan(0)
    breaker.answering()
    expect(breaker.restsUntil(5000)).toBe(0)
    breaker.succeeded()
    failed(breaker, 3, 6000)
    expect(breaker.restsUntil(6000)).toBe(11_000)
  })

  it('lets another call probe it when the client of the first one leaves', () => {
    const breaker = new Breaker()
    failed(breaker, 3)
    breaker.begin()
    breaker.dropped()
    expect(breaker.restsUntil(5000)).toBe(0)
  })

  it('rests again when answers begin and then break off', () => {
    const breaker = new Breaker()
    for (let call = 0; call < 3; call++) {
      breaker.begin()
      breaker.answering()
      breaker.failed(0, usual)
    }
    expect(breaker.state(0)).toBe('resting')
  })
})
