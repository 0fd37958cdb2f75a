import { expect, it } from 'vitest'
import { moveItem, placeAt } from './reorder.ts'

it('moves an item up and down, and keeps the others in order', () => {
  expect(moveItem(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
  expect(moveItem(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
})

it('leaves the list alone for a place outside of it', () => {
  expect(moveItem(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moveItem(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
})

it('puts a held item after those it has passed the middle of', () => {
  const middles = [20, 60, 100]
  expect(placeAt(10, 1, middles)).toBe(0)
  expect(placeAt(61, 1, middles)).toBe(1)
  expect(placeAt(99, 0, middles)).toBe(1)
  expect(placeAt(101, 0, middles)).toBe(2)
})
