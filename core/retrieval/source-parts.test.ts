import { expect, test } from 'vitest'
import { indexOf, note } from './retrieval.test-support.ts'

const vault = [
  note('Welcome.md', 'Hello.'),
  note('Food/Bread, rolls/Rye.md', 'Rye.', { tags: ['Recipe/Baking'] }),
  note('Food/Bread, rolls/Oat.md', 'Oats.', { tags: ['recipe'] }),
  note('Food/Soup.md', 'Soup.', { tags: ['recipe', 'quick'] }),
  note('Projects/Seafood/Plan.md', 'A plan.', { tags: ['project'] }),
  note('Küche/Licht.md', 'Licht.')
]

test('folders with the letters come with what is in them and below, own names first', async () => {
  const reader = await indexOf(vault)
  expect(reader.parts({ search: 'foo', limit: 10 }).folders).toEqual([
    { path: 'Food', documents: 3 },
    { path: 'Projects/Seafood', documents: 1 },
    { path: 'Food/Bread, rolls', documents: 2 }
  ])
  expect(reader.parts({ search: 'KÜ', limit: 10 }).folders).toEqual([{ path: 'Küche', documents: 1 }])
})

test('without letters there are the topmost folders first, and as many as are asked for', async () => {
  const reader = await indexOf(vault)
  const paths = reader.parts({ search: '', limit: 3 }).folders.map(({ path }) => path)
  expect(paths).toEqual(['Food', 'Küche', 'Projects'])
})

test('tags with the letters come under each of their parts, those of most documents first', async () => {
  const reader = await indexOf(vault)
  expect(reader.parts({ search: 'Rec', limit: 10 }).tags).toEqual([
    { tag: 'recipe', documents: 3 },
    { tag: 'recipe/baking', documents: 1 }
  ])
  expect(reader.parts({ search: '%', limit: 10 })).toEqual({ folders: [], tags: [] })
})
