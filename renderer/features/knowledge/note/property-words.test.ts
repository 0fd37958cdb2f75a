import { expect, it } from 'vitest'
import { propertyWords } from './property-words.ts'

it('writes values as people read them', () => {
  expect([null, '', true, 4.5, ['a', ['b']], { from: 1, to: null }].map(propertyWords)).toEqual([
    '–',
    '–',
    'yes',
    '4.5',
    'a, b',
    'from: 1, to: –'
  ])
  expect(propertyWords(['[[Ada]]', '[[People/Grace|Grace]]'])).toBe('Ada, Grace')
})
