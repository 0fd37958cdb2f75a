import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

const shown = (text: string, highlights: [number, number][], length: number) =>
  excerpt(text, highlights, length)
    .map((piece) => (piece.marked ? `*${piece.text}*` : piece.text))
    .join('')

test('marks what was looked for, on one line', () => {
  expect(
    shown(
      'Leek\nand  leek soup',
      [
        [10, 14],
        [0, 4]
      ],
      100
    )
  ).toBe('*Leek* and *leek* soup')
})

test('leaves out the headings, which stand above it, and what is marked in them', () => {
  expect(
    shown(
      '# Soup\n\n## Leek\n\nLeek soup',
      [
        [2, 6],
        [17, 21]
      ],
      100
    )
  ).toBe('*Leek* soup')
  expect(shown('# Soup\n', [[2, 6]], 100)).toBe('# *Soup*')
})

test('is cut between words, around the first mark', () => {
  const text = `${'before '.repeat(40)}leek ${'behind '.repeat(40)}`
  const words = shown(text, [[280, 284]], 100)
  expect(words).toMatch(/^… (?:before ){7,9}\*leek\*(?: behind){3,6} …$/)
})

test('marks overlapping places once, and none that is cut', () => {
  expect(
    shown(
      'leek soup',
      [
        [0, 4],
        [2, 9]
      ],
      100
    )
  ).toBe('*leek* soup')
  expect(
    shown(
      'leek and a soup',
      [
        [0, 4],
        [11, 15]
      ],
      12
    )
  ).toBe('*leek* and a …')
})
