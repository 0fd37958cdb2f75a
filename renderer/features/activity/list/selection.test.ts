import { describe, expect, it } from 'vitest'
import { between, toggled } from './selection.ts'

const listed = ['a', 'b', 'c', 'd'].map((id) => ({ id }))

it('chooses what was not, and no longer what was', () => {
  expect([...toggled(new Set(['a']), 'b')]).toEqual(['a', 'b'])
  expect([...toggled(new Set(['a', 'b']), 'a')]).toEqual(['b'])
})

describe('a range', () => {
  it('has both ends, whichever is first', () => {
    expect(between(listed, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(between(listed, 'd', 'b')).toEqual(['b', 'c', 'd'])
  })

  it('is the one alone where its beginning is no longer listed', () => {
    expect(between(listed, 'gone', 'c')).toEqual(['c'])
  })
})
