import { HomeportError } from '../errors/homeport-error.ts'
import { type ChunkRepository, textOfRow } from './chunk-repository.ts'
import type { DocumentNames, DocumentRepository } from './document-repository.ts'
import type { Embedder } from './embedder.ts'
import { embeddedText, searchedChunk } from './searched-text.ts'
import type { VectorStore } from './vectors/vector-store.ts'

export interface ChunkVector {
  id: number
  vector: Float32Array
}

export interface EmbeddingParts {
  documents: Pick<DocumentRepository, 'namesOf' | 'linesOf'>
  chunks: Pick<ChunkRepository, 'withoutVector' | 'markEmbedded' | 'countWithoutVector'>
  vectors: Pick<VectorStore, 'put'>
  embedder: Embedder
  /** Runs as one transaction. */
  change(work: () => void): void
}

/** Embeds up to so many chunks that have no vector yet. Resolves with how many are left. */
export async function embedMissing(
  { documents, chunks, vectors, embedder, change }: EmbeddingParts,
  limit: number,
  signal: AbortSignal
): Promise<number> {
  const rows = chunks.withoutVector(limit)
  if (rows.length === 0) return 0
  const known = new Map<number, DocumentNames & { leftOut: Uint32Array }>()
  const texts = rows.map((row) => {
    const { documentId: id } = row
    const document = known.get(id) ?? { ...documents.namesOf(id), leftOut: documents.linesOf(id).leftOut }
    known.set(id, document)
    return embeddedText(searchedChunk(document, textOfRow(row), document.leftOut))
  })
  const embedded = withVectors(rows, await embedder.embed(texts, 'document', signal))
  change(() => {
    // a chunk may have gone or changed while its vector was made
    const still = new Set(chunks.withoutVector(limit).map(({ id }) => id))
    const current = embedded.filter(({ id }) => still.has(id))
    vectors.put(current)
    chunks.markEmbedded(current.map(({ id }) => id))
  })
  return chunks.countWithoutVector()
}

/** Each with its vector, which came in their order. */
function withVectors(chunks: readonly { id: number }[], given: readonly Float32Array[]): ChunkVector[] {
  if (given.length !== chunks.length)
    throw new HomeportError('engine-failed', 'The embedder gave another number of vectors than asked for')
  return given.flatMap((vector, index) => {
    const id = chunks[index]?.id
    return id === undefined ? [] : [{ id, vector }]
  })
}
