import { Worker } from 'node:worker_threads'
import { HomeportError } from '../../errors/homeport-error.ts'
import { entryUrl } from '../../lib/entry-url.ts'
import type { IndexSearchAnswer, SearchRequest } from '../../retrieval/knowledge-index.ts'
import type { EmbedHost } from '../ingest/embed-host.ts'
import type { FromSearch, IndexReads, OpenIndex, ToSearch } from './search-calls.ts'

/** The worker, its embedder and its copies of vectors take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 300_000

/** The reads as they are asked for from another thread. */
export type AsyncIndexReads = {
  [K in keyof IndexReads]: (...args: Parameters<IndexReads[K]>) => Promise<Awaited<ReturnType<IndexReads[K]>>>
}

export interface SearchWorker extends Omit<AsyncIndexReads, 'search'> {
  search(index: OpenIndex, request: SearchRequest, signal: AbortSignal): Promise<IndexSearchAnswer | null>
  close(): Promise<void>
}

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** Starts the worker with the first question and ends it when none was asked in a while. */
export function createSearchWorker(embedHost: EmbedHost): SearchWorker {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let exited: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const start = (): Worker => {
    const started = new Worker(entryUrl(import.meta.url, '../search.worker.ts'), { name: 'search' })
    started.unref()
    started.on('message', (message: FromSearch) => receive(started, message))
    started.on('error', abandon)
    exited = new Promise((resolve) => {
      started.on('exit', () => {
        if (worker === started) worker = null
        resolve()
      })
    })
    return started
  }

  const receive = (from: Worker, message: FromSearch): void => {
    if (message.type === 'embed') {
      void embedHost.answer(message).then((answer) => from.postMessage(answer))
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.type === 'answer') call?.resolve(message.value)
    else
      call?.reject(
        new HomeportError('internal', 'The index could not be searched', { cause: message.message })
      )
    if (pending.size > 0) return
    worker?.unref()
    clearTimeout(idle)
    idle = setTimeout(stop, IDLE_MS).unref()
  }

  const abandon = (cause?: unknown): void => {
    for (const call of pending.values())
      call.reject(
        new HomeportError('unavailable', 'Searching was interrupted', { action: 'Try again', cause })
      )
    pending.clear()
  }

  const post = (message: ToSearch): void => worker?.postMessage(message)

  const stop = (): void => {
    post({ type: 'close' })
    worker = null
  }

  const call = async <K extends keyof IndexReads>(
    name: K,
    args: Parameters<IndexReads[K]>,
    signal?: AbortSignal
  ): Promise<Awaited<ReturnType<IndexReads[K]>>> => {
    if (closed) throw new HomeportError('unavailable', 'The data folder is closed')
    signal?.throwIfAborted()
    clearTimeout(idle)
    worker ??= start()
    worker.ref()
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<IndexReads[K]>>>()
    lastId += 1
    const id = lastId
    // the worker answers with what the read it was asked for gives
    pending.set(id, { resolve: (value) => resolve(value as Awaited<ReturnType<IndexReads[K]>>), reject })
    const cancel = (): void => {
      post({ type: 'cancel', id })
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    post({ type: 'call', id, name, args })
    return promise.finally(() => signal?.removeEventListener('abort', cancel))
  }
  const read =
    <K extends keyof IndexReads>(name: K) =>
    (...args: Parameters<IndexReads[K]>) =>
      call(name, args)

  return {
    search: (index, request, signal) => call('search', [index, request], signal),
    files: read('files'),
    stats: read('stats'),
    document: read('document'),
    expand: read('expand'),
    related: read('related'),
    graph: read('graph'),
    report: read('report'),
    measure: read('measure'),
    // where no worker is, none has the file open
    forget: async (path) => (worker ? call('forget', [path]) : exited),
    async close() {
      closed = true
      clearTimeout(idle)
      abandon()
      worker?.ref()
      stop()
      await exited
    }
  }
}
