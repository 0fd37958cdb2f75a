import { describe, expect, it } from 'vitest'
import { snippet } from './snippet.ts'

const marked = ({ text, ranges }: ReturnType<typeof snippet>) =>
  ranges.map(([start, end]) => text.slice(start, end))

describe('snippet', () => {
  it('leaves a short text as it is', () => {
    expect(snippet('Leek soup', [[5, 9]], 100)).toEqual({ text: 'Leek soup', ranges: [[5, 9]] })
  })

  it('begins a little before the first marked word, between words', () => {
    const text = `${'and then '.repeat(40)}the heat pump hums ${'on and on '.repeat(40)}`
    const at = text.indexOf('heat')
    const cut = snippet(
      text,
      [
        [at, at + 4],
        [at + 5, at + 9]
      ],
      120
    )
    expect(marked(cut)).toEqual(['heat', 'pump'])
    expect(cut.text).toMatch(/^… (and|then) /)
    expect(cut.text.endsWith(' …')).toBe(true)
    expect(cut.text.length).toBeLessThan(130)
  })

  it('marks nothing that was cut away', () => {
    const text = `heat ${'x '.repeat(200)}heat`
    expect(
      marked(
        snippet(
          text,
          [
            [0, 4],
            [text.length - 4, text.length]
          ],
          50
        )
      )
    ).toEqual(['heat'])
  })
})
