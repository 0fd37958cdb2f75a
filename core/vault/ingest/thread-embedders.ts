import { HomeportError } from '../../errors/homeport-error.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import { openBuiltInEmbedder } from '../../retrieval/embedders/built-in.ts'
import type { IndexEmbedder } from '../sources/source-record.ts'
import type { EmbedAnswer, EmbedCall } from './ingest-messages.ts'

interface Pending {
  resolve(vectors: Float32Array[]): void
  reject(error: HomeportError): void
}

export interface ThreadEmbedders {
  of(embedder: IndexEmbedder): Embedder
  answered(answer: EmbedAnswer): void
}

/** The embedders of a worker: the built-in one in its own thread, models by asking the daemon's. */
export function threadEmbedders(send: (call: EmbedCall) => void): ThreadEmbedders {
  let builtIn: Embedder | null = null
  const pending = new Map<number, Pending>()
  let lastId = 0

  const ask = (
    embedder: string,
    texts: readonly string[],
    purpose: EmbedCall['purpose'],
    signal: AbortSignal
  ): Promise<Float32Array[]> => {
    signal.throwIfAborted()
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array[]>()
    const stop = (): void => {
      pending.delete(id)
      reject(new HomeportError('unavailable', 'Embedding was stopped', { cause: signal.reason }))
    }
    signal.addEventListener('abort', stop, { once: true })
    pending.set(id, { resolve, reject })
    send({ type: 'embed', id, embedder, texts, purpose })
    return promise.finally(() => signal.removeEventListener('abort', stop))
  }

  return {
    of({ model }) {
      if (model === null) {
        builtIn ??= openBuiltInEmbedder()
        return builtIn
      }
      return { ...model, embed: (texts, purpose, signal) => ask(model.id, texts, purpose, signal) }
    },
    answered(answer) {
      const call = pending.get(answer.id)
      pending.delete(answer.id)
      if (answer.type === 'vectors') call?.resolve(answer.vectors)
      else call?.reject(new HomeportError('upstream-failed', answer.message))
    }
  }
}
