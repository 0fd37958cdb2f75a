import { expect, it } from 'vitest'
import { lineRange, namedLine } from './error-place.ts'

it('finds the line that a message names', () => {
  expect(namedLine('Line 12, column 3: it is not a map.')).toBe(12)
  expect(namedLine('aliases.best: the baseline is 12')).toBeNull()
})

it('selects exactly that line', () => {
  const text = 'a: 1\nbb: 2\n\nc: 3'
  const at = (line: number) => {
    const range = lineRange(text, line)
    return range && text.slice(range.start, range.end)
  }
  expect([1, 2, 3, 4].map(at)).toEqual(['a: 1', 'bb: 2', '', 'c: 3'])
  expect(lineRange(text, 5)).toBeNull()
})
