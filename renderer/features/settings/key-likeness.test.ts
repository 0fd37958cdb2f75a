import { expect, test } from 'vitest'
import { keyLikeness, withKeyLikeness } from './key-likeness.ts'

test('a key follows the setting for all until it has its own, or none', () => {
  expect(keyLikeness(undefined, 'a')).toBe('as-set')
  expect(keyLikeness({ a: null, b: 0.9 }, 'a')).toBe('never')
  expect(keyLikeness({ a: null, b: 0.9 }, 'b')).toBe('0.9')
})

test('what is chosen for one key leaves the others as they are', () => {
  expect(withKeyLikeness(undefined, 'a', 'never')).toEqual({ a: null })
  expect(withKeyLikeness({ a: null, b: 0.9 }, 'a', '0.8')).toEqual({ a: 0.8, b: 0.9 })
  expect(withKeyLikeness({ a: null, b: 0.9 }, 'a', 'as-set')).toEqual({ b: 0.9 })
})
