import { expect, it } from 'vitest'
import { localDay, startOfDay } from './local-days.ts'

it('a day begins at its local midnight and ends at the next', () => {
  expect(startOfDay('2026-11-01')).toBe(new Date(2026, 10, 1).getTime())
  expect(startOfDay('2026-10-31', 1)).toBe(new Date(2026, 10, 1).getTime())
  expect(localDay(new Date(2026, 10, 1).getTime() - 1)).toBe('2026-10-31')
})

it('an emptied field is no day', () => {
  expect(startOfDay('')).toBeUndefined()
})
