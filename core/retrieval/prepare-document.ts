import type { IndexDocument } from './document.ts'
import type { Embedder } from './embedder.ts'
import { embeddedText, linesOf, searchedChunk } from './searched-text.ts'

const nothing = new Uint32Array()

/**
 * Works out beforehand, on any thread, what indexing a document takes and does not depend on the others: its lines, and its
 * vectors where the embedder gives them without waiting.
 */
export function prepareDocument(
  document: IndexDocument,
  { embedSync }: Pick<Embedder, 'embedSync'>
): IndexDocument {
  const texts = document.chunks.map((chunk) => embeddedText(searchedChunk(document, chunk, nothing)))
  return {
    ...document,
    prepared: { lines: linesOf(document.chunks), vectors: embedSync?.(texts) ?? null }
  }
}
