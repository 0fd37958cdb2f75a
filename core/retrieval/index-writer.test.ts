import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { IndexDocument } from './document.ts'
import type { Embedder } from './embedder.ts'
import { contentsOf } from './index-contents.test-support.ts'
import { openIndexReader } from './index-reader.ts'
import { openIndexWriter } from './index-writer.ts'
import { prepareDocument } from './prepare-document.ts'
import {
  chunk,
  embedder,
  finish,
  indexPath,
  note,
  pathsOf,
  search,
  signal
} from './retrieval.test-support.ts'
import { someNotes } from './test-processes/some-notes.ts'

async function cleanBuild(documents: readonly IndexDocument[]): Promise<Record<string, unknown[]>> {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  writer.put(documents)
  await finish(writer)
  writer.close()
  return contentsOf(path)
}

/** An embedder with a list of what it was asked for. */
function listening(): { embedder: Embedder; asked: string[] } {
  const asked: string[] = []
  const embed: Embedder['embed'] = (texts, purpose, abort) => {
    asked.push(...texts)
    return embedder.embed(texts, purpose, abort)
  }
  return { embedder: { ...embedder, embed }, asked }
}

test.each([
  ['with its text', (each: IndexDocument) => prepareDocument(each, embedder)],
  ['after it', (each: IndexDocument) => each]
])('an index that was changed is the same as one built so, vectors coming %s', async (_, prepared) => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  const notes = someNotes().map(prepared)
  writer.put(notes.slice(0, 80))
  await finish(writer)
  writer.put(notes.slice(60))
  writer.put([note('notes/5.md', 'all of it is different now'), note('gone.md', 'will be removed')])
  await writer.embedNext(30, signal)
  writer.remove(['gone.md', 'notes/7.md', 'never there.md'])
  writer.rename('notes/8.md', 'moved/8.md', 800)
  writer.touch('notes/9.md', 900, 90)
  await finish(writer)
  writer.close()
  const expected = notes.flatMap((each, index) => {
    if (index === 5) return [note('notes/5.md', 'all of it is different now')]
    if (index === 7) return []
    if (index === 8) return [{ ...each, path: 'moved/8.md', modifiedAt: 800 }]
    return [index === 9 ? { ...each, modifiedAt: 900, bytes: 90 } : each]
  })
  expect(contentsOf(path)).toEqual(await cleanBuild(expected))
})

test('a writer killed at any moment leaves an index that completes itself', { timeout: 60_000 }, async () => {
  const path = indexPath()
  const entry = new URL('./test-processes/keep-indexing.ts', import.meta.url).pathname
  for (const delay of [0, 5, 15, 30, 60, 100]) {
    const child = spawn(process.execPath, [entry, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await sleep(delay)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const writer = openIndexWriter({ path, embedder })
  expect(writer.rebuilt).toBeNull()
  const known = new Set(writer.files().map((file) => file.path))
  writer.put(someNotes().filter((each) => !known.has(each.path)))
  await finish(writer)
  writer.close()
  expect(contentsOf(path)).toEqual(await cleanBuild(someNotes()))
})

test('a passage whose text stayed is not embedded again', async () => {
  const { embedder: counting, asked } = listening()
  const writer = openIndexWriter({ path: indexPath(), embedder: counting })
  const first = chunk('The first part stays', { end: 20 })
  writer.put([note('a.md', [first, chunk('The second part goes')])])
  await finish(writer)
  asked.length = 0
  writer.put([note('a.md', [chunk('A new part before it'), { ...first, start: 50, end: 70 }])])
  writer.rename('a.md', 'folder/a.md', 5)
  await finish(writer)
  expect(asked).toEqual(['a\nA new part before it'])
  writer.close()
})

test('what was prepared has its vectors together with its text', () => {
  const writer = openIndexWriter({ path: indexPath(), embedder })
  writer.put([prepareDocument(note('a.md', [chunk('The boiler'), chunk('The roof')]), embedder)])
  expect(writer.stats()).toMatchObject({ chunks: 2, chunksWithoutVector: 0 })
  writer.close()
})

test('a passage is kept anew where only what a reader does not see of it has changed', async () => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  writer.put([note('a.md', 'The boiler')])
  writer.put([note('a.md', [chunk('The **boiler**', { searchText: 'The boiler' })])])
  writer.close()
  const reader = openIndexReader(path)
  const answer = reader && (await search(reader, 'boiler'))
  expect(answer?.hits.map(({ chunk: { text }, highlights }) => [text, highlights])).toEqual([
    ['The **boiler**', [[6, 12]]]
  ])
  reader?.close()
})

test('a renamed file must be put anew where its name is another one too', () => {
  const writer = openIndexWriter({ path: indexPath(), embedder })
  writer.put([note('a.md', 'text')])
  expect(writer.rename('a.md', 'b.md', 5)).toBe(false)
  expect(writer.rename('missing.md', 'folder/missing.md', 5)).toBe(false)
  expect(writer.files().map(({ path }) => path)).toEqual(['a.md'])
  writer.close()
})

test('a line of more than twenty notes is not searched, and is again when there are fewer', async () => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  const notes = Array.from({ length: 21 }, (_, index) =>
    note(`${index}.md`, `Number ${index}\nReviewed every quarter`)
  )
  const found = async (): Promise<number> => {
    await finish(writer)
    const reader = openIndexReader(path)
    const answer = reader && (await search(reader, '"reviewed every quarter" quarter', { limit: 50 }))
    reader?.close()
    return answer?.hits.filter(({ why }) => why.bm25 !== null).length ?? 0
  }
  writer.put(notes.slice(0, 20))
  expect(await found()).toBe(20)
  writer.put(notes.slice(20))
  expect(await found()).toBe(0)
  writer.remove(['3.md'])
  expect(await found()).toBe(20)
  writer.close()
})

test('files without text are listed with their reason, and found once they are read', async () => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  const unread = { path: 'a.pdf', kind: 'pdf', modifiedAt: 1, bytes: 9, reason: null } as const
  writer.putUnread([{ ...unread, status: 'pending' }])
  expect(writer.files()).toMatchObject([{ path: 'a.pdf', status: 'pending' }])
  writer.putUnread([{ ...unread, status: 'failed', reason: 'It is encrypted' }])
  const reader = openIndexReader(path)
  expect(reader?.files({ status: 'failed', limit: 5 })).toMatchObject([
    { reason: 'It is encrypted', chunks: 0 }
  ])
  writer.put([note('a.pdf', 'The text of the page', { kind: 'pdf' })])
  await finish(writer)
  expect(reader && pathsOf(await search(reader, 'text of the page'))).toEqual(['a.pdf'])
  expect(reader?.stats()).toMatchObject({ documents: 1, failures: 0, chunks: 1, chunksWithoutVector: 0 })
  reader?.close()
  writer.close()
})

test('what waits to be read again is still found', async () => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  writer.put([note('a.md', 'The boiler')])
  writer.putUnread([
    { path: 'a.md', kind: 'markdown', modifiedAt: 9, bytes: 9, status: 'pending', reason: null }
  ])
  await finish(writer)
  const reader = openIndexReader(path)
  expect(reader && pathsOf(await search(reader, 'boiler'))).toEqual(['a.md'])
  reader?.close()
  writer.close()
})

test('an index belongs to one embedder', () => {
  const path = indexPath()
  openIndexWriter({ path, embedder }).close()
  const other = { ...embedder, id: 'provider/other', dimensions: 8 }
  expect(() => openIndexWriter({ path, embedder: other })).toThrow('another embedder')
})

test('an embedder that gives too few vectors changes nothing', async () => {
  const writer = openIndexWriter({
    path: indexPath(),
    embedder: { ...embedder, embed: () => Promise.resolve([]) }
  })
  writer.put([note('a.md', 'The boiler')])
  await expect(writer.embedNext(10, signal)).rejects.toThrow('another number of vectors')
  expect(writer.stats().chunksWithoutVector).toBe(1)
  writer.close()
})
