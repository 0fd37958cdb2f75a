import { expect, test } from 'vitest'
import { vocabularyOf } from './vocabulary.ts'

const words = ['the', 'boat', 'café', '42', 'über', 'a𐐨b', 'fi']
const vocabulary = vocabularyOf(words)
const known = (text: string): string[] => {
  const found: string[] = []
  vocabulary.eachRank(text, (rank) => found.push(words[rank] ?? ''))
  return found
}

test('finds the words it knows in their order, however they are written', () => {
  expect(known('The boat, THE “Boat” – 42 boats')).toEqual(['the', 'boat', 'the', 'boat', '42'])
  expect(known('ÜBER cafe\u0301 ｔｈｅ ﬁ')).toEqual(['über', 'café', 'the', 'fi'])
})

test('a word is as long as letters and digits stand together', () => {
  expect(known('boat_the theboat 42nd the-boat')).toEqual(['boat', 'the', 'the', 'boat'])
  expect(known('boat🔥the a𐐀b boat𠀀')).toEqual(['boat', 'the', 'a𐐨b'])
  expect(known('')).toEqual([])
})
