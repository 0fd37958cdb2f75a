import { describe, expect, it } from 'vitest'
import { snippet, withoutMarkup } from './snippet.ts'

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

  it('leaves out the headings, which stand above it', () => {
    const cut = snippet(
      '# Soup\n\n## Leek soup\nWarm leek.',
      [
        [2, 6],
        [11, 15],
        [26, 30]
      ],
      100
    )
    expect(cut.text).toBe('Warm leek.')
    expect(marked(cut)).toEqual(['leek'])
    expect(snippet('# Leek\n', [[2, 6]], 100).text).toBe('# Leek\n')
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

describe('withoutMarkup', () => {
  const plain = (text: string, word: string) => {
    const at = text.indexOf(word)
    const cut = withoutMarkup({ text, ranges: [[at, at + word.length]] })
    return [cut.text, ...marked(cut)]
  }

  it('leaves out the signs and marks the same words', () => {
    expect(plain('- **Leek** soup with `salt`', 'soup')).toEqual(['Leek soup with salt', 'soup'])
    expect(plain('> See [[Leek soup]].\n## Warm', 'Warm')).toEqual(['See Leek soup.\nWarm', 'Warm'])
    expect(plain('The *Nordvent 9*, or _so_: *a b*', 'Nordvent')).toEqual([
      'The Nordvent 9, or so: a b',
      'Nordvent'
    ])
    expect(plain('| Leek | 2 |', 'Leek')).toEqual(['Leek  2 ', 'Leek'])
  })

  it('leaves single stars and signs inside of words alone', () => {
    expect(plain('a 5*3 *b and _name', 'and')).toEqual(['a 5*3 *b and _name', 'and'])
    expect(plain('2 * 3 - snake_case #tag', 'snake_case')).toEqual(['2 * 3 - snake_case #tag', 'snake_case'])
  })
})
