import { Worker } from 'node:worker_threads'
import { HomeportError } from '../../errors/homeport-error.ts'
import { entryUrl } from '../../lib/entry-url.ts'
import type { FileReading, FilesToRead } from './read-files.ts'

/** The thread and its embedder take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 5000

export interface ReadCall {
  id: number
  asked: FilesToRead
  /** Whether vectors of the built-in embedder are wanted. */
  embeds: boolean
}
export interface ReadAnswer {
  id: number
  readings: FileReading[]
}

/** Reads files on a thread of its own, which is there while files are read. */
export interface ReadingThread {
  read(asked: FilesToRead, embeds: boolean): Promise<FileReading[]>
  close(): void
}

interface Pending {
  resolve(readings: FileReading[]): void
  reject(error: HomeportError): void
}

export function createReadingThread(): ReadingThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const stop = (cause?: unknown): void => {
    clearTimeout(idle)
    void worker?.terminate()
    worker = null
    for (const { reject } of pending.values())
      reject(new HomeportError('unavailable', 'Reading files was interrupted', { cause }))
    pending.clear()
  }

  const start = (): Worker => {
    const started = new Worker(entryUrl(import.meta.url, '../reading.worker.ts'), { name: 'reading' })
    started.unref()
    started.on('message', ({ id, readings }: ReadAnswer) => {
      pending.get(id)?.resolve(readings)
      pending.delete(id)
      if (pending.size === 0) idle = setTimeout(stop, IDLE_MS).unref()
    })
    started.on('error', (error) => {
      if (worker === started) stop(error)
    })
    return started
  }

  return {
    read(asked, embeds) {
      clearTimeout(idle)
      worker ??= start()
      const { promise, resolve, reject } = Promise.withResolvers<FileReading[]>()
      lastId += 1
      pending.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, asked, embeds } satisfies ReadCall)
      return promise
    },
    close: () => stop()
  }
}
