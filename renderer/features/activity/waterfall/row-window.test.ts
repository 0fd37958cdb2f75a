import { expect, it } from 'vitest'
import { rowsIn } from './row-window.ts'

it.each([
  [0, 280, 0, 11],
  [27, 280, 0, 11],
  [28, 280, 1, 11],
  [14, 271, 0, 11]
])('scrolled to %d, a view of %d has rows in sight from %d on, %d of them', (top, height, first, size) => {
  expect(rowsIn(top, height, 28)).toEqual({ first, size })
})
