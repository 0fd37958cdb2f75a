import { Worker } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { entryUrl } from '../lib/entry-url.ts'

/** The worker takes some 80 MB, and is back within 150 ms. */
const IDLE_MS = 60_000
/** A request waits no longer for this: asking its model is no disaster. */
const DEADLINE_MS = 10_000

export interface EmbedCall {
  id: number
  texts: readonly string[]
}
export interface EmbedReply {
  id: number
  vectors: Float32Array[]
}

/** The built-in embedder in a thread of its own, which is there only while it is asked something. */
export interface QuestionEmbedder {
  /** Vectors of length 1, in the texts' order. Throws `unavailable` when the thread breaks off or hangs. */
  embed(texts: readonly string[]): Promise<Float32Array[]>
  /** Ends the thread. What is under way fails. */
  close(): Promise<void>
}

export function createQuestionEmbedder(): QuestionEmbedder {
  const pending = new Map<number, PromiseWithResolvers<Float32Array[]>>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const abandon = (cause?: unknown): void => {
    for (const { reject } of pending.values())
      reject(new HomeportError('unavailable', 'Comparing questions was interrupted', { cause }))
    pending.clear()
  }
  const stop = async (): Promise<void> => {
    const stopped = worker
    worker = null
    await stopped?.terminate()
  }
  const giveUp = (): Promise<void> => {
    abandon()
    return stop()
  }
  const start = (): Worker => {
    const started = new Worker(entryUrl(import.meta.url, './question-embedder.worker.ts'), {
      name: 'question-embedder'
    })
    started.on('message', ({ id, vectors }: EmbedReply) => {
      pending.get(id)?.resolve(vectors)
      pending.delete(id)
      if (pending.size > 0) return
      // only a call under way keeps a process alive
      started.unref()
      idle = setTimeout(() => void stop(), IDLE_MS).unref()
    })
    started.on('error', (error) => {
      if (worker !== started) return
      worker = null
      abandon(error)
    })
    return started
  }

  return {
    embed(texts) {
      clearTimeout(idle)
      worker ??= start()
      worker.ref()
      lastId += 1
      const call = Promise.withResolvers<Float32Array[]>()
      pending.set(lastId, call)
      worker.postMessage({ id: lastId, texts } satisfies EmbedCall)
      const late = setTimeout(() => void giveUp(), DEADLINE_MS)
      return call.promise.finally(() => clearTimeout(late))
    },
    async close() {
      clearTimeout(idle)
      await giveUp()
    }
  }
}
