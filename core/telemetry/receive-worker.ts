import { Worker } from 'node:worker_threads'
import type { ErrorCode } from '../contract/errors.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { entryUrl } from '../lib/entry-url.ts'
import type { ReadSpans, SentSpans } from './receive-spans.ts'

/** A worker takes some 13 MB, and a program that runs sends an export every few seconds. */
const IDLE_MS = 60_000

/** Bytes lose their kind on the way between threads. */
export interface ReadCall {
  id: number
  sent: Omit<SentSpans, 'body'> & { body: Uint8Array<ArrayBuffer> }
}

export type ReadAnswer =
  | { id: number; ok: true; read: ReadSpans }
  | { id: number; ok: false; code: ErrorCode; message: string; param: string | null }

/** `readSpans` on another thread. */
export interface SpanReader {
  /** Throws what `readSpans` throws, and `unavailable` when the thread ends meanwhile. */
  read(sent: SentSpans): Promise<ReadSpans>
  /** Exports under way fail. */
  close(): Promise<void>
}

/** Starts the worker with the first export and ends it when none came in a while. */
export function createSpanReader(): SpanReader {
  const pending = new Map<number, PromiseWithResolvers<ReadSpans>>()
  let worker: Worker | null = null
  let exited: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const start = (): Worker => {
    const started = new Worker(entryUrl(import.meta.url, './receive.worker.ts'), { name: 'receive' })
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
    if (answer.ok) call?.resolve(answer.read)
    else {
      const param = answer.param === null ? {} : { param: answer.param }
      call?.reject(new HomeportError(answer.code, answer.message, param))
    }
    if (pending.size > 0) return
    worker?.unref()
    idle = setTimeout(stop, IDLE_MS).unref()
  }

  const abandon = (cause?: unknown): void => {
    for (const call of pending.values())
      call.reject(
        new HomeportError('unavailable', 'Reading the spans was interrupted.', { retryable: true, cause })
      )
    pending.clear()
  }

  const stop = (): void => {
    worker?.postMessage('close')
    worker = null
  }

  return {
    read(sent) {
      if (closed) return Promise.reject(new HomeportError('unavailable', 'Homeport is ending.'))
      clearTimeout(idle)
      worker ??= start()
      worker.ref()
      lastId += 1
      const call = Promise.withResolvers<ReadSpans>()
      pending.set(lastId, call)
      worker.postMessage({ id: lastId, sent })
      return call.promise
    },
    async close() {
      closed = true
      clearTimeout(idle)
      abandon()
      stop()
      await exited
    }
  }
}
