import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DocumentChunk, IndexDocument } from './document.ts'
import type { Embedder } from './embedder.ts'
import { openBuiltInEmbedder } from './embedders/built-in.ts'
import { openIndexReader } from './index-reader.ts'
import { openIndexWriter } from './index-writer.ts'
import type { IndexReader, IndexSearchAnswer, IndexWriter, SearchRequest } from './knowledge-index.ts'

export const embedder: Embedder = openBuiltInEmbedder()
export const { signal } = new AbortController()

export function indexPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-index-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'index.db')
}

export const chunk = (text: string, rest: Partial<DocumentChunk> = {}): DocumentChunk => ({
  headings: [],
  text,
  start: 0,
  end: Buffer.byteLength(text),
  page: null,
  ...rest
})

/** A note of one passage a text. */
export function note(
  path: string,
  texts: string | DocumentChunk[],
  rest: Partial<IndexDocument> = {}
): IndexDocument {
  const chunks = typeof texts === 'string' ? [chunk(texts)] : texts
  return {
    path,
    kind: 'markdown',
    title: path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, ''),
    aliases: [],
    tags: [],
    properties: {},
    createdAt: null,
    modifiedAt: Date.UTC(2026, 0, 1),
    bytes: 100,
    hash: hash('sha256', JSON.stringify([path, chunks]), 'buffer'),
    chunks,
    links: [],
    ...rest
  }
}

export const link = (target: string): IndexDocument['links'][number] => ({
  target,
  subpath: null,
  label: null,
  embed: false,
  line: `see ${target}`,
  start: 0
})

/** Until nothing is left to embed, leave out or sort. */
export async function finish(writer: IndexWriter): Promise<void> {
  do while ((await writer.embedNext(100, signal)) > 0);
  while (writer.maintain(100))
}

/** An index of these notes, open for reading. */
export async function indexOf(documents: readonly IndexDocument[]): Promise<IndexReader> {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  writer.put(documents)
  await finish(writer)
  writer.close()
  const reader = openIndexReader(path)
  if (!reader) throw new Error('there is no index')
  onTestFinished(() => reader.close())
  return reader
}

export const now = new Date(2026, 4, 20, 12).getTime()

export const search = (
  reader: IndexReader,
  text: string,
  rest: Partial<SearchRequest> = {}
): Promise<IndexSearchAnswer> =>
  reader.search({ text, filter: {}, limit: 10, typing: false, now, ...rest }, embedder, signal)

export const pathsOf = ({ hits }: IndexSearchAnswer): string[] => hits.map(({ document }) => document.path)
