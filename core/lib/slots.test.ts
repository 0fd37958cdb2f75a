import { expect, test } from 'vitest'
import { Slots } from './slots.ts'

test('holds what was put in until it is taken out by its slot', () => {
  const slots = new Slots<{ name: string }>()
  const a = slots.put({ name: 'a' })
  const b = slots.put({ name: 'b' })
  expect([...slots]).toEqual([{ name: 'a' }, { name: 'b' }])
  expect(slots.take(a)).toEqual({ name: 'a' })
  expect([...slots]).toEqual([{ name: 'b' }])
  expect(slots.size).toBe(1)
  expect(slots.take(b)).toEqual({ name: 'b' })
  expect(slots.size).toBe(0)
})

test('nothing is taken out twice, nor from a slot that never was', () => {
  const slots = new Slots<{ name: string }>()
  const slot = slots.put({ name: 'a' })
  slots.take(slot)
  expect(slots.take(slot)).toBeNull()
  expect(slots.take(7)).toBeNull()
  expect(slots.size).toBe(0)
})

test('a slot that is free is used again, and two values never share one', () => {
  const slots = new Slots<{ number: number }>()
  const first = Array.from({ length: 10 }, (_, number) => slots.put({ number }))
  for (const slot of first.slice(3, 6)) slots.take(slot)
  const later = Array.from({ length: 5 }, (_, number) => slots.put({ number: 10 + number }))
  expect(new Set([...first.slice(0, 3), ...first.slice(6), ...later]).size).toBe(12)
  expect([...slots].map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([
    0, 1, 2, 6, 7, 8, 9, 10, 11, 12, 13, 14
  ])
  // no more slots than there ever were values at once
  expect(Math.max(...later)).toBeLessThan(12)
})

test('what is taken out while others are gone through is not come by any more', () => {
  const slots = new Slots<{ name: string }>()
  slots.put({ name: 'a' })
  const b = slots.put({ name: 'b' })
  const seen: string[] = []
  for (const { name } of slots) {
    seen.push(name)
    slots.take(b)
  }
  expect(seen).toEqual(['a'])
})
