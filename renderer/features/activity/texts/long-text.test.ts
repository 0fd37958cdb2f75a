import { expect, it } from 'vitest'
import { pieces } from './long-text.ts'

it.each([
  ['nothing', '', 0],
  ['a short text', 'a\nb', 1],
  ['lines', 'x'.repeat(99).concat('\n').repeat(100), 3],
  ['one long line', 'x'.repeat(9000), 3],
  ['characters of two units', '💡'.repeat(5000), 3]
])('cuts %s so that nothing is lost', (_, text, count) => {
  const cut = pieces(text)
  expect(cut.join('')).toBe(text)
  expect(cut).toHaveLength(count)
  expect(cut.every((piece) => piece.isWellFormed())).toBe(true)
})

it('cuts where a line ends', () => {
  const lines = `${'x'.repeat(70)}\n`.repeat(100)
  expect(pieces(lines).every((piece) => piece.endsWith('\n'))).toBe(true)
})
