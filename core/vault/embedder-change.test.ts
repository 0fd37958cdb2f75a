import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Embedder } from '../retrieval/embedder.ts'
import {
  addFolder,
  eventually,
  folderOf,
  isReady,
  openTestKnowledge,
  otherNotes,
  pathsWith,
  sourceOf
} from './vault.test-support.ts'

/** Counts letters: enough to be told apart. */
const letters = (fails: () => boolean): Embedder => ({
  id: 'test/letters@8',
  dimensions: 8,
  weight: 0.5,
  batch: 3,
  async embed(texts) {
    if (fails()) throw new HomeportError('upstream-failed', 'The provider is down.')
    return texts.map((text) => {
      const vector = Float32Array.from(
        { length: 8 },
        (_, index) => text.split('etaoinsh'[index] ?? '').length
      )
      return vector.map((value) => value / Math.hypot(...vector))
    })
  }
})

async function start(fails: () => boolean) {
  const embedder = letters(fails)
  const embedders = { check() {}, choose: async () => embedder, reopen: () => embedder }
  const opened = await openTestKnowledge({ embedders })
  opened.knowledge.begin()
  const folder = folderOf({ 'A.md': 'a lighthouse', ...otherNotes })
  return { ...opened, folder }
}
const indexFiles = (dataDir: string) => readdirSync(dataDir).filter((name) => /^index-.*\.db$/.test(name))

test('fills another index with another embedder while the old one answers, then forgets the old one', async () => {
  let isDown = true
  const { knowledge, dataDir, folder } = await start(() => isDown)
  await addFolder(knowledge, folder, { id: 'notes' })
  await isReady(knowledge, 'notes')
  await knowledge.update('notes', { embedder: 'test/letters' })
  await eventually(() => expect(sourceOf(knowledge, 'notes').problem).toBe('The provider is down.'))
  expect(indexFiles(dataDir)).toEqual(['index-notes-1.db', 'index-notes-2.db'])
  expect(await pathsWith(knowledge, 'lighthouse')).toEqual(['A.md'])
  isDown = false
  await knowledge.rescan('notes')
  await eventually(() => expect(indexFiles(dataDir)).toEqual(['index-notes-2.db']))
  await isReady(knowledge, 'notes')
  expect(sourceOf(knowledge, 'notes')).toMatchObject({ embedder: 'test/letters', chunksWithoutVector: 0 })
  expect(await pathsWith(knowledge, 'lighthouse')).toEqual(['A.md'])
})

test('finds words while an embedder fails, and does not say that the index is complete', async () => {
  const { knowledge, folder } = await start(() => true)
  await addFolder(knowledge, folder, { id: 'notes', embedder: 'test/letters' })
  await eventually(() => expect(sourceOf(knowledge, 'notes').state).toBe('failed'))
  expect(sourceOf(knowledge, 'notes')).toMatchObject({ completeAt: null, documents: 7 })
  expect(sourceOf(knowledge, 'notes').chunksWithoutVector).toBeGreaterThan(0)
})
