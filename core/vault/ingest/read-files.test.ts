import { hash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openBuiltInEmbedder } from '../../retrieval/embedders/built-in.ts'
import { folderRules } from '../folder/folder-rules.ts'
import { scanFolder } from '../folder/scan.ts'
import { folderOf } from '../vault.test-support.ts'
import { contentKey, type FilesToRead, readFiles } from './read-files.ts'
import { createReadingThread } from './reading-thread.ts'

const embedder = openBuiltInEmbedder()

async function filesOf(
  folder: string,
  known: Readonly<Record<string, Uint8Array>> = {}
): Promise<FilesToRead> {
  const rules = folderRules({ folder, excludes: [], dataDir: '/nowhere' })
  const { files } = await scanFolder(folder, rules, new AbortController().signal)
  const asked = [...files.values()].map((file) => ({ ...file, knownHash: known[file.path] ?? null }))
  return { folder, files: asked.sort((a, b) => (a.path < b.path ? -1 : 1)), gone: new Set() }
}

const hashOf = (text: string): Uint8Array => hash('sha256', text, 'buffer')

test('what is no text is skipped, what is broken fails, each with what can be done', async () => {
  const folder = folderOf({ 'a.md': 'a\0b', 'b.canvas': '{', 'c.bin': 'anything' })
  expect(await readFiles(await filesOf(folder), embedder)).toMatchObject([
    { is: 'unread', status: 'skipped', reason: 'The file is not text.' },
    { is: 'unread', status: 'failed', reason: 'The canvas is not valid JSON.' },
    { is: 'document', document: { path: 'c.bin', kind: 'attachment' } }
  ])
})

test('what is wrong with a file that was read is told of', async () => {
  const folder = folderOf({ 'a.md': '---\na: [b\n---\nThe boiler' })
  expect(await readFiles(await filesOf(folder), embedder)).toMatchObject([
    { is: 'document', document: { problem: 'Its properties are not valid YAML' } }
  ])
})

test('a file of known content is not taken apart, here or under the same name elsewhere', async () => {
  const folder = folderOf({ 'a.md': 'The boiler', 'b.md': 'The roof', 'c/d.md': 'The garden' })
  const asked = await filesOf(folder, { 'a.md': hashOf('The boiler'), 'b.md': hashOf('Another roof') })
  const gone = new Set([contentKey('old/d.md', hashOf('The garden'))])
  const readings = await readFiles({ ...asked, gone }, embedder)
  expect(readings.map(({ is }) => is)).toEqual(['known', 'document', 'known'])
})

test('another thread reads the same', async () => {
  const folder = folderOf({ 'a.md': '# Boiler\n\nIt is in the cellar, see [[Roof]].', 'b.md': 'a\0b' })
  const thread = createReadingThread()
  onTestFinished(thread.close)
  const asked = await filesOf(folder)
  expect(await thread.read(asked, true)).toEqual(structuredClone(await readFiles(asked, embedder)))
  expect(await thread.read(asked, false)).toMatchObject([{ document: { prepared: { vectors: null } } }, {}])
})

test('what is being read when the thread ends is not left waiting', async () => {
  const thread = createReadingThread()
  const reading = thread.read(await filesOf(folderOf({ 'a.md': 'The boiler' })), true)
  thread.close()
  await expect(reading).rejects.toMatchObject({ code: 'unavailable' })
})
