import { expect, test } from 'vitest'
import { smallNote, smallNotes } from './mcp.test-support.ts'
import { readableNotes } from './readable-notes.ts'

const link = (path: string, sourceId = 'vault') => ({ sourceId, path, title: path, line: `[[${path}]]` })
const soup = smallNote('vault', 'Food/Soup.md', {
  text: 'Boil.',
  tags: ['recipe'],
  links: [link('Food/Leek.md'), link('Diary/Today.md')],
  backlinks: [link('Plan.md', 'work'), link('Food/Menu.md')],
  related: [
    { path: 'Food/Stew.md', title: 'Stew', score: 0.9 },
    { path: 'Diary/Cold.md', title: 'Cold', score: 0.8 }
  ]
})
const bill = smallNote('vault', 'Food/Bill.md', { text: 'Boil over.', tags: ['money'] })
const plan = smallNote('work', 'Plan.md', { text: 'Boil the ocean.', tags: ['recipe'] })
const signal = new AbortController().signal
const question = { text: 'Boil', scopes: [], limit: 10 }

test('what a note names of others is left out where they may not be read', async () => {
  const notes = readableNotes(smallNotes([soup]).notes, ['vault/Food'])
  const note = await notes.note('vault', 'Food/Soup.md')
  expect(note.links.map(({ path }) => path)).toEqual(['Food/Leek.md'])
  expect(note.backlinks.map(({ path }) => path)).toEqual(['Food/Menu.md'])
  expect(note.related.map(({ path }) => path)).toEqual(['Food/Stew.md'])
})

test('where a tag decides, only notes that have it are read, and none are named by others', async () => {
  const { notes: all, asked } = smallNotes([soup, bill, plan])
  const notes = readableNotes(all, ['vault#recipe'])
  const { hits } = await notes.search(question, signal)
  expect(asked).toEqual([{ ...question, scopes: ['vault#recipe'] }])
  expect(hits.map(({ path }) => path)).toEqual(['Food/Soup.md'])
  await expect(notes.note('vault', 'Food/Bill.md')).rejects.toMatchObject({ code: 'not-found' })
  await expect(notes.note('work', 'Plan.md')).rejects.toMatchObject({ code: 'not-found' })
  expect((await notes.note('vault', 'Food/Soup.md')).links).toEqual([])
  expect(await notes.files('vault', { status: 'indexed', limit: 10 })).toEqual({ files: [], next: null })
})

test('a search asks for what is both wanted and allowed', async () => {
  const { notes: all, asked } = smallNotes([soup, bill, plan])
  const notes = readableNotes(all, ['vault/Food', 'work'])
  await notes.search({ ...question, scopes: ['*'] }, signal)
  await notes.search({ ...question, scopes: ['vault', 'work/Plans'] }, signal)
  expect(asked.map(({ scopes }) => scopes)).toEqual([
    ['vault/Food', 'work'],
    ['vault/Food', 'work/Plans']
  ])
  const elsewhere = notes.search({ ...question, scopes: ['home'] }, signal)
  await expect(elsewhere).rejects.toMatchObject({ action: 'There are: vault, work.' })
  const outside = notes.search({ ...question, scopes: ['vault/Diary'] }, signal)
  await expect(outside).rejects.toMatchObject({ code: 'not-allowed' })
  const nothing = notes.search({ ...question, scopes: ['My Vault'] }, signal)
  await expect(nothing).rejects.toMatchObject({ code: 'bad-request' })
})

test('sources that may not be read do not exist', async () => {
  const notes = readableNotes(smallNotes([soup, plan]).notes, ['work'])
  expect(await notes.sources()).toEqual([{ id: 'work', embedder: 'built-in' }])
  expect((await notes.files('vault', { status: 'indexed', limit: 10 })).files).toEqual([])
})
