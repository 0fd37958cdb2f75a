import { Worker } from 'node:worker_threads'
import { entryUrl } from '../../lib/entry-url.ts'
import type { EmbedHost } from './embed-host.ts'
import type { FromIngest, IngestStatus, IngestTask, ToIngest } from './ingest-messages.ts'

/** The worker and its embedder take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 120_000

export interface IngestEvents {
  status(status: IngestStatus): void
  /** The index was begun anew: what has it open reads what is no longer kept. */
  renewed(key: string): void
  /** Its vectors are of another embedder than the task's. */
  otherEmbedder(key: string): void
  broken(key: string, problem: string): void
  /** The thread ended by itself; every task has to look at all of its folder again. */
  crashed(cause: unknown): void
}

export interface IngestWorker {
  /** Work is about to come: the thread starts meanwhile. */
  prepare(): void
  /** Compares what stands at these paths with the index; null: all of the folder. */
  look(task: IngestTask, paths: string[] | null): void
  /** Resolves when the index file is closed. */
  drop(key: string): Promise<void>
  close(): Promise<void>
}

/** Starts the worker with the first task and ends it when all of them have had nothing to do for a while. */
export function createIngestWorker(events: IngestEvents, embedHost: EmbedHost): IngestWorker {
  let worker: Worker | null = null
  let exited: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  /** Keys of tasks that were given work and did not say yet that it is done. */
  const busy = new Set<string>()
  const dropping = new Map<string, () => void>()

  const start = (): Worker => {
    const started = new Worker(entryUrl(import.meta.url, '../ingest.worker.ts'), { name: 'ingest' })
    started.unref()
    started.on('message', (message: FromIngest) => receive(started, message))
    started.on('error', (error) => {
      if (worker !== started) return
      worker = null
      settleAll()
      events.crashed(error)
    })
    exited = new Promise((resolve) => {
      started.on('exit', () => {
        if (worker === started) worker = null
        settleAll()
        resolve()
      })
    })
    return started
  }

  const settleAll = (): void => {
    busy.clear()
    for (const settle of dropping.values()) settle()
    dropping.clear()
  }

  const post = (message: ToIngest): void => worker?.postMessage(message)

  const receive = (from: Worker, message: FromIngest): void => {
    switch (message.type) {
      case 'status':
        if (message.status.state !== 'indexing') busy.delete(message.status.key)
        else busy.add(message.status.key)
        events.status(message.status)
        break
      case 'renewed':
        events.renewed(message.key)
        break
      case 'other-embedder':
        busy.delete(message.key)
        events.otherEmbedder(message.key)
        break
      case 'broken':
        busy.delete(message.key)
        events.broken(message.key, message.problem)
        break
      case 'dropped':
        busy.delete(message.key)
        dropping.get(message.key)?.()
        dropping.delete(message.key)
        break
      case 'embed':
        void embedHost.answer(message).then((answer) => from.postMessage(answer))
        break
    }
    rest()
  }

  const rest = (): void => {
    clearTimeout(idle)
    if (busy.size === 0 && dropping.size === 0) idle = setTimeout(stop, IDLE_MS).unref()
  }

  const stop = (): void => {
    post({ type: 'close' })
    worker = null
  }

  const awake = (): void => {
    clearTimeout(idle)
    worker ??= start()
  }

  return {
    prepare() {
      awake()
      rest()
    },
    look(task, paths) {
      awake()
      busy.add(task.key)
      post({ type: 'look', task, paths })
    },
    async drop(key) {
      if (!worker) {
        // the one that is on its way out may have it open still
        await exited
        return
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      dropping.set(key, resolve)
      post({ type: 'drop', key })
      await promise
    },
    async close() {
      clearTimeout(idle)
      worker?.ref()
      stop()
      await exited
    }
  }
}
