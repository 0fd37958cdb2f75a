import { expect, it } from 'vitest'
import { timeTicks } from './time-ticks.ts'

it.each([
  [0, 4_930_000, [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]],
  [-1500, 4000, [-1000, 0, 1000, 2000]],
  [0, 1, [0]]
])('from %d, %d long: round steps inside it', (from, total, ticks) => {
  expect(timeTicks(from, total)).toEqual(ticks)
})
