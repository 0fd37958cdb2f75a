import { expect, test } from 'vitest'
import { isNearEnough, withoutStrangers } from './relevance-floor.ts'

test.each([
  ['the only word', { share: 1, asked: 1, nearness: 0 }, true],
  ['all of three words, without vectors', { share: 1, asked: 3, nearness: null }, true],
  ['one of three words, without vectors', { share: 1 / 3, asked: 3, nearness: null }, false],
  ['one of two words and nothing like it', { share: 0.5, asked: 2, nearness: 0.1 }, false],
  ['half of twelve words and nothing like it', { share: 0.5, asked: 12, nearness: 0.1 }, true],
  ['a fourth of the words and much like it', { share: 0.25, asked: 4, nearness: 0.6 }, true],
  ['no word, but the same meaning', { share: 0, asked: 6, nearness: 0.7 }, true],
  ['no word, and a meaning that is hardly near', { share: 0, asked: 6, nearness: 0.5 }, false]
])('%s', (_, passage, expected) => {
  expect(isNearEnough(passage)).toBe(expected)
})

test('beside passages with words of the question, one without any must be near by meaning', () => {
  const [bread, stranger, kin] = [
    { path: 'bread', bm25: 4, nearness: -0.2 },
    { path: 'stranger', bm25: null, nearness: 0.3 },
    { path: 'kin', bm25: null, nearness: 0.5 }
  ]
  expect(withoutStrangers([bread, stranger, kin])).toEqual([bread, kin])
  expect(withoutStrangers([stranger, kin])).toEqual([stranger, kin])
})
