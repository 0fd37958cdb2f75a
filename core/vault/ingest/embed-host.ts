import { HomeportError } from '../../errors/homeport-error.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import type { EmbedAnswer, EmbedCall } from './ingest-messages.ts'

/** Answers for the workers what only the daemon's thread can ask: models. */
export interface EmbedHost {
  answer(call: EmbedCall): Promise<EmbedAnswer>
}

export interface EmbedHostOptions {
  /** The model that an index was made with, by the embedder's id; null where its provider is gone. */
  reopen(id: string): Embedder | null
  signal: AbortSignal
}

export function createEmbedHost({ reopen, signal }: EmbedHostOptions): EmbedHost {
  const open = new Map<string, Embedder>()
  const embedderOf = (id: string): Embedder => {
    const embedder = open.get(id) ?? reopen(id)
    if (!embedder)
      throw new HomeportError('unavailable', 'The provider of its embedder is gone. Choose another embedder.')
    open.set(id, embedder)
    return embedder
  }
  return {
    async answer({ id, embedder, texts, purpose }) {
      try {
        return {
          type: 'vectors',
          id,
          vectors: await embedderOf(embedder).embed(texts, purpose, signal)
        }
      } catch (error) {
        open.delete(embedder)
        const message =
          error instanceof HomeportError ? error.message : 'The embedder could not be asked for vectors.'
        return { type: 'embed-failed', id, message }
      }
    }
  }
}
