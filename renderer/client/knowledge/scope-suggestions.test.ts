import { expect, it } from 'vitest'
import { foldersOf, tagsOf } from './scope-suggestions.ts'

it('finds the folders of files by letters anywhere in their path, the shortest first', () => {
  const paths = [
    'Projects/House/Heat pump.md',
    'Projects/House/Offers/Aerlo.pdf',
    'Housing market.md',
    'Food/Soup.md'
  ]
  expect(foldersOf(paths, 'hous')).toEqual(['Projects/House', 'Projects/House/Offers'])
  expect(foldersOf(paths, '')).toEqual(['Food', 'Projects', 'Projects/House', 'Projects/House/Offers'])
})

it('finds the tags that begin with the letters, those of most passages first', () => {
  const passages = [{ tags: ['recipe', 'reading'] }, { tags: ['Reading'] }, { tags: ['reading', 'thread'] }]
  expect(tagsOf(passages, 're')).toEqual(['reading', 'Reading', 'recipe'])
})
