import { expect, onTestFinished, test } from 'vitest'
import { openBuiltInEmbedder } from '../../retrieval/embedders/built-in.ts'
import { openIndexWriter } from '../../retrieval/index-writer.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { folderRules } from '../folder/folder-rules.ts'
import { scanFolder } from '../folder/scan.ts'
import { folderOf } from '../vault.test-support.ts'
import { FileBatches } from './file-batches.ts'
import { FileIndexer } from './file-indexer.ts'
import { readFiles } from './read-files.ts'

const embedder = openBuiltInEmbedder()

async function batchesOf(count: number) {
  const folder = folderOf(
    Object.fromEntries(Array.from({ length: count }, (_, note) => [`${note}.md`, `Note ${note}`]))
  )
  const writer = openIndexWriter({ path: `${temporaryFolder()}/index.db`, embedder })
  onTestFinished(() => writer.close())
  const asked: number[] = []
  const read: typeof readFiles = (files) => {
    asked.push(files.files.length)
    return readFiles(files, embedder)
  }
  const batches = new FileBatches(new FileIndexer({ folder, writer, read: (files) => read(files, embedder) }))
  const rules = folderRules({ folder, excludes: [], dataDir: '/nowhere' })
  const scan = await scanFolder(folder, rules, new AbortController().signal)
  const files = [...scan.files.values()]
  batches.add(files, files)
  return { batches, asked, writer }
}

test('the first files are found at once, and more are read at a time from then on, two times ahead', async () => {
  const { batches, asked, writer } = await batchesOf(450)
  await batches.next(true)
  expect([writer.stats().documents, asked]).toEqual([20, [20, 80, 320]])
  while (!batches.isEmpty) await batches.next(true)
  expect(asked).toEqual([20, 80, 320, 30])
  expect(writer.stats().documents).toBe(450)
})

test('nothing is read ahead where other work waits', async () => {
  const { batches, asked } = await batchesOf(30)
  await batches.next(false)
  expect([asked, batches.isReading, batches.isEmpty]).toEqual([[20], false, false])
  await batches.next(true)
  expect([asked, batches.isEmpty]).toEqual([[20, 10], true])
})
