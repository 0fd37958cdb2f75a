import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatScope, splitScopes } from '../contract/knowledge-scopes.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import {
  addFolder,
  eventually,
  folderOf,
  isReady,
  openTestKnowledge,
  otherNotes,
  pathsWith,
  sourceOf,
  writeFiles
} from './vault.test-support.ts'

const start = async (files: Record<string, string>, more: object = {}) => {
  const folder = folderOf({ ...files, ...otherNotes })
  const opened = await openTestKnowledge()
  opened.knowledge.begin()
  const { id } = await addFolder(opened.knowledge, folder, { id: 'notes', ...more })
  await isReady(opened.knowledge, id)
  return { ...opened, folder, id }
}

test('finds a folder’s notes, and says when folder and index agree', async () => {
  const { knowledge, id, changes } = await start({
    'Boats/Anchor.md':
      '# Anchor\n\nThe anchor holds in sand.\n\n## Chain\n\nSixty metres of galvanised chain.',
    'Cooking/Soup.md': 'Onion soup needs patience.',
    'photo.png': 'not text'
  })
  expect(await pathsWith(knowledge, 'galvanised')).toEqual(['Boats/Anchor.md'])
  const source = sourceOf(knowledge, id)
  expect(source).toMatchObject({
    documents: 9,
    chunksWithoutVector: 0,
    failures: 0,
    progress: null,
    kind: 'folder'
  })
  expect(source.completeAt).toBeGreaterThan(Date.now() - 60_000)
  expect(source.indexBytes).toBeGreaterThan(0)
  expect(changes()).toBeGreaterThan(0)
})

test('sees notes that are written, saved by way of another file, renamed and deleted', async () => {
  const { knowledge, folder } = await start({ 'A.md': 'lighthouse', 'Sub/B.md': 'harbour' })
  writeFileSync(join(folder, 'New.md'), 'a buoy in the fog')
  await eventually(async () => expect(await pathsWith(knowledge, 'buoy')).toEqual(['New.md']))
  writeFileSync(join(folder, 'A.md.tmp'), 'breakwater')
  renameSync(join(folder, 'A.md.tmp'), join(folder, 'A.md'))
  await eventually(async () => expect(await pathsWith(knowledge, 'breakwater')).toEqual(['A.md']))
  expect(await pathsWith(knowledge, 'lighthouse')).toEqual([])
  mkdirSync(join(folder, 'Moved'))
  renameSync(join(folder, 'Sub/B.md'), join(folder, 'Moved/B.md'))
  await eventually(async () => expect(await pathsWith(knowledge, 'harbour')).toEqual(['Moved/B.md']))
  unlinkSync(join(folder, 'New.md'))
  await eventually(async () => expect(await pathsWith(knowledge, 'buoy')).toEqual([]))
})

test('sees a folder that moves with all that is in it', async () => {
  const { knowledge, folder } = await start({ 'Old/Deep/A.md': 'lantern', 'Old/B.md': 'compass' })
  renameSync(join(folder, 'Old'), join(folder, 'New'))
  await eventually(async () => {
    expect(await pathsWith(knowledge, 'lantern')).toEqual(['New/Deep/A.md'])
    expect(await pathsWith(knowledge, 'compass')).toEqual(['New/B.md'])
  })
})

test('takes up what changed while it was closed, and nothing else', async () => {
  const folder = folderOf({ 'Kept.md': 'kept', 'Edited.md': 'before', 'Gone.md': 'gone', ...otherNotes })
  const dataDir = temporaryFolder()
  const first = await openTestKnowledge({ dataDir })
  first.knowledge.begin()
  await addFolder(first.knowledge, folder, { id: 'notes' })
  await isReady(first.knowledge, 'notes')
  await first.knowledge.close()
  writeFiles(folder, { 'Edited.md': 'afterwards' })
  rmSync(join(folder, 'Gone.md'))
  const second = await openTestKnowledge({ dataDir, store: first.store })
  expect(await pathsWith(second.knowledge, 'gone')).toEqual(['Gone.md'])
  second.knowledge.begin()
  await eventually(async () => {
    expect(await pathsWith(second.knowledge, 'afterwards')).toEqual(['Edited.md'])
    expect(await pathsWith(second.knowledge, 'gone')).toEqual([])
  })
  expect(await pathsWith(second.knowledge, 'kept')).toEqual(['Kept.md'])
})

test('keeps the index of a folder that is not there, and goes on when it is back', async () => {
  const { knowledge, folder, id } = await start({ 'A.md': 'driftwood' })
  renameSync(folder, `${folder}-away`)
  await knowledge.rescan(id)
  await eventually(() => expect(sourceOf(knowledge, id).state).toBe('missing'))
  expect(sourceOf(knowledge, id)).toMatchObject({
    documents: 7,
    problem: expect.stringContaining('not there')
  })
  expect(await pathsWith(knowledge, 'driftwood')).toEqual(['A.md'])
  mkdirSync(folder)
  await knowledge.rescan(id)
  await eventually(() => expect(sourceOf(knowledge, id).problem).toContain('empty'))
  expect(sourceOf(knowledge, id).state).toBe('missing')
  rmSync(folder, { recursive: true })
  renameSync(`${folder}-away`, folder)
  await knowledge.rescan(id)
  await isReady(knowledge, id)
})

test('leaves a paused source as it is, and takes it up again', async () => {
  const { knowledge, folder, id } = await start({ 'A.md': 'first' })
  expect(await knowledge.update(id, { paused: true })).toMatchObject({ state: 'paused', documents: 7 })
  writeFileSync(join(folder, 'B.md'), 'second')
  await expect(knowledge.rescan(id)).rejects.toMatchObject({ code: 'conflict' })
  expect(await pathsWith(knowledge, 'second')).toEqual([])
  await knowledge.update(id, { paused: false })
  await eventually(async () => expect(await pathsWith(knowledge, 'second')).toEqual(['B.md']))
})

test('forgets what is excluded later, and finds it again when it is not', async () => {
  const { knowledge, id } = await start({ 'A.md': 'plankton', 'Private/B.md': 'secret' })
  await knowledge.update(id, { excludes: ['Private/'] })
  await eventually(async () => expect(await pathsWith(knowledge, 'secret')).toEqual([]))
  await knowledge.update(id, { excludes: [] })
  await eventually(async () => expect(await pathsWith(knowledge, 'secret')).toEqual(['Private/B.md']))
})

test('deletes the index of a source that is removed, and nothing of the folder', async () => {
  const { knowledge, folder, dataDir, id } = await start({ 'A.md': 'anchor' })
  await pathsWith(knowledge, 'anchor')
  await knowledge.remove(id)
  expect(knowledge.sources()).toEqual([])
  expect(readdirSync(dataDir).filter((name) => name.startsWith('index-'))).toEqual([])
  expect(existsSync(join(folder, 'A.md'))).toBe(true)
  await expect(
    knowledge.search({ text: 'anchor', scopes: ['notes'], limit: 5 }, AbortSignal.timeout(5000))
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('searches several sources and shows a place once that two of them hold', async () => {
  const others = { 'Sub/C.md': 'An oak.', 'Sub/D.md': 'A birch.', 'Sub/E.md': 'A fir.' }
  const { knowledge, folder } = await start({ 'Sub/A.md': 'kelp forest', 'B.md': 'kelp soup', ...others })
  await addFolder(knowledge, join(folder, 'Sub'), { id: 'sub' })
  await isReady(knowledge, 'sub')
  const paths = (await pathsWith(knowledge, 'kelp')).toSorted()
  expect(paths).toEqual(expect.arrayContaining(['B.md', expect.stringMatching(/A\.md$/)]))
  expect(paths).toHaveLength(2)
  expect(await pathsWith(knowledge, 'kelp', ['sub'])).toEqual(['A.md'])
  expect(await pathsWith(knowledge, 'kelp', ['notes/Sub'])).toEqual(['Sub/A.md'])
})

test('searches what a model makes of the question too, but for words that are half typed', async () => {
  const asked: string[] = []
  const opened = await openTestKnowledge({
    async rewrite({ model, question }) {
      asked.push(`${model}: ${question}`)
      return ['How many berths are in the harbour?']
    }
  })
  opened.knowledge.begin()
  const folder = folderOf({ 'Harbour.md': 'Twelve berths in the harbour.', ...otherNotes })
  await addFolder(opened.knowledge, folder, { id: 'notes' })
  await isReady(opened.knowledge, 'notes')
  const question = { text: 'and zorbing?', scopes: [], limit: 5, rewriter: 'up/small' }
  const find = async (typing: boolean) =>
    (await opened.knowledge.search({ ...question, typing }, AbortSignal.timeout(5000))).hits[0]?.path
  expect(await find(false)).toBe('Harbour.md')
  await find(true)
  expect(asked).toEqual(['up/small: and zorbing?'])
})

test('a folder that its parts name is searched alone, whatever its name', async () => {
  const { knowledge } = await start({
    'Home, garden/C# & 50%20.md': 'kelp in the pond',
    'Home/Sea.md': '#coast kelp in the sea'
  })
  const [folder] = (await knowledge.parts('notes', 'GARD', 5)).folders
  expect(folder).toEqual({ path: 'Home, garden', documents: 1 })
  const scope = formatScope({ sourceId: 'notes', folder: folder?.path ?? '' })
  expect(await pathsWith(knowledge, 'kelp', splitScopes(scope))).toEqual(['Home, garden/C# & 50%20.md'])
  expect((await knowledge.parts('notes', 'coa', 5)).tags).toEqual([{ tag: 'coast', documents: 1 }])
  await expect(knowledge.parts('nowhere', '', 5)).rejects.toMatchObject({ code: 'not-found' })
})

test('refuses what cannot be a source', async () => {
  const { knowledge, folder, dataDir } = await start({ 'A.md': 'a' })
  await expect(addFolder(knowledge, 'relative')).rejects.toMatchObject({ code: 'bad-request' })
  await expect(addFolder(knowledge, join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'bad-request' })
  await expect(addFolder(knowledge, join(folder, 'A.md'))).rejects.toMatchObject({ code: 'bad-request' })
  await expect(addFolder(knowledge, '/')).rejects.toMatchObject({ code: 'bad-request' })
  await expect(addFolder(knowledge, dataDir)).rejects.toMatchObject({ code: 'bad-request' })
  await expect(addFolder(knowledge, folder)).rejects.toMatchObject({ code: 'conflict' })
  await expect(addFolder(knowledge, temporaryFolder(), { id: 'notes' })).rejects.toMatchObject({
    code: 'conflict'
  })
})

test('shows a note with what points at it, and opens it in Obsidian where it is a vault', async () => {
  const { knowledge, folder } = await start({
    '.obsidian/app.json': '{}',
    'Harbour.md': '# Harbour\n\nSee [[Boat]] and [[Nowhere]].\n\n## Berths\n\nTwelve.',
    'Boat.md': 'A boat.'
  })
  const note = await knowledge.note('notes', 'Harbour.md')
  expect(note.text).toContain('See [[Boat]]')
  expect(note.headings.map(({ text, level }) => [text, level])).toEqual([
    ['Harbour', 1],
    ['Berths', 2]
  ])
  expect(note).toMatchObject({ links: [{ path: 'Boat.md' }], unresolved: ['Nowhere'] })
  expect(note.obsidianUrl).toBe(`obsidian://open?vault=${folder.split('/').at(-1)}&file=Harbour`)
  expect((await knowledge.note('notes', 'Boat.md')).backlinks).toMatchObject([{ path: 'Harbour.md' }])
  const graph = await knowledge.graph('notes', 'Boat.md', 1)
  expect(graph.edges).toEqual([{ from: 'Harbour.md', to: 'Boat.md' }])
  await expect(knowledge.note('notes', '../outside.md')).rejects.toMatchObject({ code: 'not-found' })
})
