import { expect, test } from 'vitest'
import { highlightsOf } from './highlights.ts'
import { wordMatcher } from './word-matcher.ts'

test('marks an identifier once, though its words match too', () => {
  const words = ['groupedData', 'grouped', 'Data']
  expect(highlightsOf('see groupedData now', words, wordMatcher(words))).toEqual({
    highlights: [[4, 15]],
    matchedWords: words
  })
})
