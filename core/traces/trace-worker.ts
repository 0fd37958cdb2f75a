import { Worker } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { entryUrl } from '../lib/entry-url.ts'
import type { TraceReads } from './trace-reads.ts'

/** A worker takes some 13 MB, and is back within 100 ms. */
const IDLE_MS = 30_000

export interface TracesWorkerData {
  /** Of traces.db. */
  path: string
}

export interface ReadCall {
  id: number
  name: keyof TraceReads
  args: unknown[]
}

export type ReadAnswer = { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string }

/** The reads as they are asked for from another thread. */
export type AsyncReads = {
  [K in keyof TraceReads]: (...args: Parameters<TraceReads[K]>) => Promise<ReturnType<TraceReads[K]>>
}

export interface TraceWorker extends AsyncReads {
  /** Waits until its connection is closed. Reads under way fail. */
  close(): Promise<void>
}

interface Pending {
  resolve(value: unknown): void
  reject(error: HomeportError): void
}

/** Starts the worker with the first read and ends it when none was asked for in a while. */
export function createTraceWorker({ path }: TracesWorkerData): TraceWorker {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let exited: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const start = (): Worker => {
    const workerData: TracesWorkerData = { path }
    const started = new Worker(entryUrl(import.meta.url, './traces.worker.ts'), {
      workerData,
      name: 'traces'
    })
    // only reads under way keep a process alive
    started.unref()
    started.on('message', settle)
    started.on('error', abandon)
    exited = new Promise((resolve) => {
      started.on('exit', () => {
        if (worker === started) worker = null
        resolve()
      })
    })
    return started
  }

  const settle = (answer: ReadAnswer): void => {
    const call = pending.get(answer.id)
    pending.delete(answer.id)
    if (answer.ok) call?.resolve(answer.value)
    else
      call?.reject(new HomeportError('internal', 'The traces could not be read', { cause: answer.message }))
    if (pending.size > 0) return
    worker?.unref()
    idle = setTimeout(stop, IDLE_MS).unref()
  }

  const abandon = (cause?: unknown): void => {
    for (const call of pending.values())
      call.reject(
        new HomeportError('unavailable', 'Reading the traces was interrupted', { action: 'Try again', cause })
      )
    pending.clear()
  }

  const stop = (): void => {
    worker?.postMessage('close')
    worker = null
  }

  const read =
    <K extends keyof TraceReads>(name: K) =>
    (...args: Parameters<TraceReads[K]>): Promise<ReturnType<TraceReads[K]>> => {
      if (closed) return Promise.reject(new HomeportError('unavailable', 'The data folder is closed'))
      clearTimeout(idle)
      worker ??= start()
      worker.ref()
      const { promise, resolve, reject } = Promise.withResolvers<ReturnType<TraceReads[K]>>()
      lastId += 1
      // the worker answers with what the read it was asked for gives
      pending.set(lastId, { resolve: (value) => resolve(value as ReturnType<TraceReads[K]>), reject })
      worker.postMessage({ id: lastId, name, args } satisfies ReadCall)
      return promise
    }

  return {
    list: read('list'),
    facets: read('facets'),
    exportPage: read('exportPage'),
    get: read('get'),
    onlyIn: read('onlyIn'),
    bodiesKeptSince: read('bodiesKeptSince'),
    nextToIndex: read('nextToIndex'),
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
