import { describe, expect, it } from 'vitest'
import { callOf } from './call-samples.test-support.ts'
import { type Calls, updated, withCalls, withoutCalls } from './recorded-calls.ts'

const list = [callOf(9), callOf(6), callOf(4)]
const ids = (calls: Calls): number[] => calls.map(({ id }) => Number.parseInt(id, 16))

describe('calls that arrive', () => {
  it('stand where they began, not where they ended', () => {
    expect(ids(withCalls(list, [callOf(10), callOf(7)], false))).toEqual([10, 9, 7, 6, 4])
  })

  it('are listed once, in their newest form', () => {
    const known = withCalls(list, [callOf(6, { score: 1 })], false)
    expect(ids(known)).toEqual([9, 6, 4])
    expect(known[1]?.score).toBe(1)
  })

  it('come with their page when they are older than all that was fetched', () => {
    expect(ids(withCalls(list, [callOf(3)], true))).toEqual([9, 6, 4])
    expect(ids(withCalls(list, [callOf(3)], false))).toEqual([9, 6, 4, 3])
  })

  it('change what is listed without adding to it', () => {
    const changed = updated(list, [callOf(4, { score: -1 }), callOf(12)])
    expect(ids(changed)).toEqual([9, 6, 4])
    expect(changed[2]?.score).toBe(-1)
  })
})

it('takes erased calls off', () => {
  expect(ids(withoutCalls(list, new Set([callOf(6).id])))).toEqual([9, 4])
})
