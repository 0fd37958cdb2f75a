import { describe, expect, it } from 'vitest'
import { callOf } from './call-samples.test-support.ts'
import { listRows, neighbour } from './list-rows.ts'

const now = new Date(2026, 10, 21, 9).getTime()
const at = (day: number, hour: number, month = 10, year = 2026) => ({
  startedAt: new Date(year, month, day, hour).getTime()
})

describe('the rows of a list', () => {
  it('are calls under the days they are of, each day once', () => {
    const calls = [
      callOf(9, at(21, 8)),
      callOf(8, at(21, 0)),
      callOf(7, at(20, 23)),
      callOf(6, at(16, 12)),
      callOf(5, at(31, 12, 11, 2025))
    ]
    const words = listRows(calls, now).map((row) => (row.kind === 'day' ? row.label : row.call.id.slice(-1)))
    expect(words).toEqual(['Today', '9', '8', 'Yesterday', '7', 'Mon 16 Nov', '6', 'Wed, 31 Dec 2025', '5'])
  })
})

describe('the neighbour of a call', () => {
  const calls = [callOf(3), callOf(2), callOf(1)]
  const step = (from: number, by: number) => neighbour(calls, callOf(from).id, by)?.id.slice(-1)

  it('is so many calls away, and never past an end', () => {
    expect(step(3, 1)).toBe('2')
    expect(step(2, -10)).toBe('3')
    expect(step(2, Number.POSITIVE_INFINITY)).toBe('1')
  })

  it('is the first where the call is no longer listed', () => {
    expect(step(9, 1)).toBe('3')
  })
})
