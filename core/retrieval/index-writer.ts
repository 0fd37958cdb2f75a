import { openIndexFile, type Rebuilt } from '../store/index-file.ts'
import { chunkRepository, textOfRow } from './chunk-repository.ts'
import type { IndexDocument } from './document.ts'
import { type DocumentNames, documentRepository } from './document-repository.ts'
import { type ChunkVector, embedMissing } from './embed-missing.ts'
import type { Embedder } from './embedder.ts'
import { indexSchema } from './index-schema-repository.ts'
import { KeptChunks } from './kept-chunks.ts'
import type { IndexWriter } from './knowledge-index.ts'
import { RepeatedLines } from './repeated-lines.ts'
import { linesOf, type SearchedChunk, searchedChunk } from './searched-text.ts'
import { openVectorStore } from './vectors/open-vector-store.ts'

export interface IndexWriterOptions {
  path: string
  embedder: Embedder
}

/** What is still to be written once the rows of a batch are. */
interface Changes {
  words: { id: number; searched: SearchedChunk }[]
  vectors: ChunkVector[]
  /** Chunks that are gone. */
  removed: number[]
  outdated: LeftOut[]
}

/** A document of which other lines are left out than before. */
interface LeftOut {
  id: number
  leftOut: Uint32Array
}

/** Documents that one step of leaving lines out may index anew. */
const STEP_DOCUMENTS = 50

/**
 * Opens an index for writing, or makes it. One thread may have it open for writing. `rebuilt` says why it starts empty;
 * null where it does not. Throws `conflict` where it belongs to another embedder.
 */
export function openIndexWriter({ path, embedder }: IndexWriterOptions): IndexWriter & {
  rebuilt: Rebuilt | null
} {
  const { connection, rebuilt } = openIndexFile(path, indexSchema)
  const documents = documentRepository(connection)
  const chunks = chunkRepository(connection)
  const vectors = openVectorStore(connection, {
    dimensions: embedder.dimensions,
    embedder: embedder.id
  })
  let repeatedLines: RepeatedLines | null = null
  /** Read with the first change: an index that nothing happens to needs none of it. */
  const repeated = (): RepeatedLines => {
    if (repeatedLines) return repeatedLines
    repeatedLines = new RepeatedLines()
    for (const { lines } of documents.eachLines()) repeatedLines.add(lines)
    return repeatedLines
  }
  /** Documents still to be indexed anew, because of lines that came to be left out or to stay. */
  let outdated: number[] = []

  const put = (batch: readonly IndexDocument[]): void => {
    const changes: Changes = { words: [], vectors: [], removed: [], outdated: [] }
    for (const document of batch) putOne(document, changes)
    // rows, words and vectors each in one go: they stay in the processor's cache, and with every change of the vectors
    // the full text writes out its words
    for (const { id, searched } of changes.words) chunks.insertWords(id, searched)
    vectors.put(changes.vectors)
    vectors.remove(changes.removed)
    searchAnew(changes.outdated)
  }

  const putOne = (document: IndexDocument, changes: Changes): void => {
    const lines = document.prepared?.lines ?? linesOf(document.chunks)
    const known = documents.idOf(document.path)
    const before = known === null ? null : documents.linesOf(known)
    if (before) repeated().remove(before.lines)
    repeated().add(lines)
    const leftOut = repeated().leftOutOf(lines)
    const keepsNames = known !== null && haveSameNames(document, documents.namesOf(known))
    const kept = new KeptChunks(known === null ? [] : chunks.textsOf(known))
    const id = documents.save(document, known, lines, leftOut)
    const given = leftOut.length === 0 ? document.prepared?.vectors : null
    for (const [ordinal, chunk] of document.chunks.entries()) {
      const same = keepsNames ? kept.take(chunk) : null
      if (same !== null) chunks.move(same, ordinal, chunk)
      else {
        const vector = given?.[ordinal]
        const chunkId = chunks.insert(id, { chunk, ordinal, hasVector: vector !== undefined })
        changes.words.push({ id: chunkId, searched: searchedChunk(document, chunk, leftOut) })
        if (vector) changes.vectors.push({ id: chunkId, vector })
      }
    }
    const gone = kept.rest()
    chunks.remove(gone)
    changes.removed.push(...gone)
    // kept chunks are searched as before, when other lines may have been left out
    if (before && !sameLines(before.leftOut, repeated().leftOutOf(before.lines)))
      changes.outdated.push({ id, leftOut })
  }

  const remove = (id: number): void => {
    repeated().remove(documents.linesOf(id).lines)
    const ids = chunks.idsOf(id)
    chunks.remove(ids)
    vectors.remove(ids)
    documents.remove(id)
  }

  const searchAnew = (changed: readonly LeftOut[]): void => {
    const ids: number[] = []
    for (const { id, leftOut } of changed) {
      const names = documents.namesOf(id)
      for (const row of chunks.textsOf(id)) {
        chunks.searchAnew(row.id, searchedChunk(names, textOfRow(row), leftOut))
        ids.push(row.id)
      }
      documents.setLeftOut(id, leftOut)
    }
    vectors.remove(ids)
  }

  const findOutdated = (): void => {
    if (!repeated().changed) return
    const found: number[] = []
    for (const { id, lines, leftOut } of documents.eachLines())
      if (!sameLines(repeated().leftOutOf(lines), leftOut)) found.push(id)
    outdated = found
    repeated().settled()
  }

  /** Every change of the file goes through here. */
  const change = <T>(work: () => T): T => connection.transaction(work).immediate()

  return {
    rebuilt,
    files: documents.files,
    put: (batch) => change(() => put(batch)),
    putUnread: (batch) =>
      change(() => {
        for (const document of batch) {
          const id = documents.idOf(document.path)
          if (id !== null && document.status !== 'pending') remove(id)
          if (id === null || document.status !== 'pending') documents.addUnread(document)
        }
      }),
    rename: (from, to, modifiedAt) =>
      change(() => {
        const id = documents.idOf(from)
        if (id === null || nameOf(from) !== nameOf(to)) return false
        const there = documents.idOf(to)
        if (there !== null) remove(there)
        documents.rename(id, to, modifiedAt)
        return true
      }),
    touch: (path, modifiedAt, bytes) => documents.touch(path, modifiedAt, bytes),
    remove: (paths) =>
      change(() => {
        for (const path of paths) {
          const id = documents.idOf(path)
          if (id !== null) remove(id)
        }
      }),
    embedNext: (limit, signal) =>
      embedMissing({ documents, chunks, vectors, embedder, change }, limit, signal),
    markComplete: documents.markComplete,
    stats: () => ({
      ...documents.stats(),
      chunks: chunks.count(),
      chunksWithoutVector: chunks.countWithoutVector()
    }),
    maintain(budgetMs) {
      findOutdated()
      if (outdated.length === 0) return vectors.maintain(budgetMs)
      const some = outdated.splice(0, STEP_DOCUMENTS)
      change(() =>
        searchAnew(some.map((id) => ({ id, leftOut: repeated().leftOutOf(documents.linesOf(id).lines) })))
      )
      return true
    },
    close: () => connection.close()
  }
}

/** What each chunk of a document is searched by beside its text. */
const haveSameNames = (left: DocumentNames, right: DocumentNames): boolean =>
  JSON.stringify([left.title, left.aliases, left.tags]) ===
  JSON.stringify([right.title, right.aliases, right.tags])

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const sameLines = (left: Uint32Array, right: Uint32Array): boolean =>
  left.length === right.length && left.every((line, index) => line === right[index])
