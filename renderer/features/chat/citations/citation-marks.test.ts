import { describe, expect, it } from 'vitest'
import { citationMarks } from './citation-marks.ts'

const found = (text: string) =>
  citationMarks.find(text).map(({ start, end, value, label }) => [text.slice(start, end), value, label])

describe('citationMarks', () => {
  it('finds each number', () => {
    expect(found('Warm [1][2] and quiet [12].')).toEqual([
      ['[1]', '1', '[1]'],
      ['[2]', '2', '[2]'],
      ['[12]', '12', '[12]']
    ])
  })

  it('takes a list of numbers apart and leaves nothing of it over', () => {
    expect(found('Warm [1, 3,04].')).toEqual([
      ['[1', '1', '[1]'],
      [', 3', '3', '[3]'],
      [',04]', '4', '[04]']
    ])
  })

  it('leaves alone what only looks like it', () => {
    expect(found('[a] [1a] [^1] [2026] [] 1]')).toEqual([])
  })
})
