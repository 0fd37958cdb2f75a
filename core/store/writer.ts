import { Worker } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { entryUrl } from '../lib/entry-url.ts'
import type { Logger } from '../lib/logger.ts'
import { Slots } from '../lib/slots.ts'
import { packCalls } from './posted-calls.ts'
import { type PostedOutcomes, unpackOutcomes } from './posted-outcomes.ts'
import { storeFailure } from './sqlite-failure.ts'
import type { DatabaseName, WriteResult, Writer } from './store.ts'
import type { ToWriter, WriteCall, WriterWorkerData } from './writer-messages.ts'

/** A commit costs the same for one call as for forty. Well inside the 50 ms after which a call counts as recorded. */
const GATHER_MS = 20

interface Pending {
  database: DatabaseName
  resolve(results: WriteResult[]): void
  reject(error: HomeportError): void
}

export interface ClosableWriter extends Writer {
  /** Waits for queued writes; later ones are refused. */
  close(): Promise<void>
}

/**
 * Starts the writer worker with the first write (it costs about 13 MB, and a command that only reads needs none) and
 * again with the next write after it died.
 */
export function createWriter(options: {
  paths: Record<DatabaseName, string>
  logger: Logger
  /** Told of each call that failed inside SQLite. */
  onFailure?: (error: Error, database: DatabaseName) => void
  /** The worker's entry, for tests that let it die. */
  entry?: URL
}): ClosableWriter {
  const { paths, logger } = options
  const entry = options.entry ?? entryUrl(import.meta.url, './writer.worker.ts')
  /** What was asked for and not answered yet, by the id of the write. */
  let pending = new Slots<Pending>()
  let queue: WriteCall[] = []
  let worker: Worker | null = null
  /** Texts of statements that the worker knows, by their numbers. */
  let numbers = new Map<string, number>()
  let exited: Promise<void> = Promise.resolve()
  let closed = false
  /** Set while calls that may go soon wait for others. */
  let gathering: NodeJS.Timeout | undefined
  /** The queue is sent at the end of this tick. */
  let flushing = false

  const start = (): Worker => {
    numbers = new Map()
    const workerData: WriterWorkerData = { paths }
    const started = new Worker(entry, { workerData, name: 'writer' })
    // only writes under way keep a process alive
    started.unref()
    started.on('message', settle)
    exited = new Promise((resolve) => {
      let cause: unknown = null
      started.on('error', (error) => {
        cause = error
      })
      started.on('exit', () => {
        if (worker === started) worker = null
        if (pending.size > 0 || cause) abandon(cause)
        resolve()
      })
    })
    return started
  }

  const settle = (outcomes: PostedOutcomes): void => {
    for (const outcome of unpackOutcomes(outcomes)) {
      const call = pending.take(outcome.id)
      if (!call) continue
      if (outcome.ok) {
        call.resolve(outcome.results)
        continue
      }
      const error = restoreError(outcome)
      options.onFailure?.(error, call.database)
      call.reject(storeFailure(error))
    }
    // once closing, the process waits for the worker itself: it still has to tidy up
    if (pending.size === 0 && !closed) worker?.unref()
  }

  const abandon = (cause: unknown): void => {
    logger.error({ error: cause, writes: pending.size }, 'The writer stopped')
    const abandoned = pending
    // ids begin anew: what has not been sent must not be answered as another
    pending = new Slots()
    queue = []
    for (const call of abandoned)
      call.reject(
        new HomeportError('unavailable', 'Saving was interrupted; this may not have been saved', {
          action: 'Try again',
          retryable: true,
          cause
        })
      )
  }

  const running = (): Worker => {
    worker ??= start()
    worker.ref()
    return worker
  }

  /** One message for all calls that wait: they share a commit. */
  const flush = (): void => {
    clearTimeout(gathering)
    gathering = undefined
    if (queue.length === 0) return
    const target = running()
    const { transfer, ...posted } = packCalls(queue, numbers)
    queue = []
    target.postMessage({ type: 'write', ...posted } satisfies ToWriter, transfer)
  }

  return {
    write(database, statements, when = 'now') {
      if (closed) return Promise.reject(new HomeportError('unavailable', 'The data folder is closed'))
      return new Promise((resolve, reject) => {
        queue.push({ id: pending.put({ database, resolve, reject }), database, statements })
        if (when === 'soon') gathering ??= setTimeout(flush, GATHER_MS)
        else if (!flushing) {
          flushing = true
          queueMicrotask(() => {
            flushing = false
            flush()
          })
        }
      })
    },
    async close() {
      if (!closed) {
        closed = true
        flush()
        if (worker) running().postMessage({ type: 'close' } satisfies ToWriter)
      }
      await exited
    }
  }
}

function restoreError(outcome: { sqliteCode: string | null; message: string }): Error {
  const error = new Error(outcome.message)
  return outcome.sqliteCode ? Object.assign(error, { code: outcome.sqliteCode }) : error
}
