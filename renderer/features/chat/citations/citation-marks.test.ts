import { describe, expect, it } from 'vitest'
import { citationMarks } from './citation-marks.ts'

const found = (text: string) =>
  citationMarks.find(text).map(({ start, end, value }) => [text.slice(start, end), value])

describe('citationMarks', () => {
  it('finds each number', () => {
    expect(found('Warm [1][2] and quiet 【12†notes】.')).toEqual([
      ['[1]', '1'],
      ['[2]', '2'],
      ['【12†notes】', '12']
    ])
  })

  it('takes lists and ranges apart; the first number stands for all of the text', () => {
    expect(found('Warm [1, 04] and [5–7].')).toEqual([
      ['[1, 04]', '1'],
      ['', '4'],
      ['[5–7]', '5'],
      ['', '6'],
      ['', '7']
    ])
    expect(found('[3-1]').map(([, value]) => value)).toEqual(['3', '1'])
  })

  it('leaves alone what only looks like it', () => {
    expect(found('[a] [1a] [^1] [2026] [] 1]')).toEqual([])
  })
})
