import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { displayWidth, formatFacts, formatTable, printable } from './table.ts'

const file = Object.assign(new PassThrough(), { isTTY: false })

test('columns are aligned, and lines end where their text does', () => {
  expect(
    formatTable(
      ['Id', 'Name'],
      [
        ['1', 'a'],
        ['22222', 'long name'],
        ['3', '']
      ],
      file
    )
  ).toBe(['ID     NAME', '1      a', '22222  long name', '3', ''].join('\n'))
})

test('wide characters take two columns, combining marks none', () => {
  expect(displayWidth('模型')).toBe(4)
  expect(displayWidth('é')).toBe(1)
  expect(displayWidth('👩‍💻')).toBe(2)
  const [, first, second] = formatTable(
    ['N', 'X'],
    [
      ['模', '|'],
      ['ab', '|']
    ],
    file
  ).split('\n')
  expect(first).toBe('模  |')
  expect(second).toBe('ab  |')
})

test('what a server or a file named can neither steer the terminal nor break the row', () => {
  expect(printable('a\u001b[31mred\u001b[0m\nb\u0007\u009b2J\u202e')).not.toMatch(/[\p{Cc}\u202e]/u)
  expect(formatTable(['Name'], [['one\ntwo']], file)).toBe('NAME\none two\n')
})

test('facts stand under each other', () => {
  expect(
    formatFacts(
      [
        ['a', '1'],
        ['long', '2']
      ],
      file
    )
  ).toBe('a     1\nlong  2\n')
})

test('only a terminal gets colour', () => {
  expect(formatTable(['Name'], [['x']], file)).not.toContain('\u001b')
})
