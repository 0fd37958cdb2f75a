import { Worker } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { type FromThread, putTogether, type ToThread } from './thread-messages.ts'

export interface IdleThreadOptions {
  /** The thread's own file, which calls `answerCalls`. */
  entry: URL
  name: string
  workerData?: unknown
  /** How long it stays when nothing is asked of it. */
  idleMs: number
  /** What is said of a call that failed for a reason that is not ours, and of one that ended with the thread. */
  words: { failed: string; interrupted: string }
  /** Takes what the thread sends beside its answers; `reply` sends to the same thread. */
  onNote?(note: unknown, reply: (note: unknown) => void): void
}

/** Functions that another thread runs; `Calls` names them. Arguments and answers are copied on the way. */
export interface IdleThread<Calls> {
  /** Throws what the call throws, `unavailable` when the thread ends meanwhile, and the signal's reason. */
  call<K extends keyof Calls>(
    name: K,
    args: ArgumentsOf<Calls[K]>,
    signal?: AbortSignal
  ): Promise<AnswerOf<Calls[K]>>
  /** It is there, or on its way. */
  readonly isRunning: boolean
  /** Asks a thread that runs; where none does, waits until the last one is gone. */
  callIfRunning<K extends keyof Calls>(name: K, args: ArgumentsOf<Calls[K]>): Promise<void>
  /** Ends the thread at once, also one that hangs. What is under way fails; a later call starts another. */
  terminate(): Promise<void>
  /** Waits until the thread has closed what it has open. What is under way fails, and so does every later call. */
  close(): Promise<void>
}

type ArgumentsOf<Call> = Call extends (...args: infer Args) => unknown ? Args : never
type AnswerOf<Call> = Call extends (...args: never[]) => infer Answer ? Awaited<Answer> : never

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** A thread that starts with the first call and ends when none was made in a while. */
export function createIdleThread<Calls>(options: IdleThreadOptions): IdleThread<Calls> {
  const { entry, name, workerData, idleMs, words, onNote } = options
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let exited: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const start = (): Worker => {
    const started = new Worker(entry, { name, workerData })
    started.on('message', (message: FromThread) => receive(started, message))
    started.on('error', (error) => {
      if (worker !== started) return
      worker = null
      abandon(error)
    })
    exited = new Promise((resolve) => {
      started.on('exit', () => {
        if (worker === started) worker = null
        resolve()
      })
    })
    return started
  }

  const post = (message: ToThread): void => worker?.postMessage(message)

  const receive = (from: Worker, message: FromThread): void => {
    if (message.type === 'note') {
      onNote?.(message.note, (note) => from.postMessage({ type: 'note', note } satisfies ToThread))
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.type === 'answer') call?.resolve(message.value)
    else call?.reject(putTogether(message.error, words.failed))
    if (pending.size > 0) return
    // only calls under way keep a process alive
    worker?.unref()
    clearTimeout(idle)
    idle = setTimeout(stop, idleMs).unref()
  }

  const abandon = (cause?: unknown): void => {
    const error = new HomeportError('unavailable', words.interrupted, {
      action: 'Try again',
      retryable: true,
      cause
    })
    for (const call of pending.values()) call.reject(error)
    pending.clear()
  }

  const stop = (): void => {
    post({ type: 'close' })
    worker = null
  }

  const call: IdleThread<Calls>['call'] = async (called, args, signal) => {
    if (closed) throw new HomeportError('unavailable', 'Homeport is ending.')
    signal?.throwIfAborted()
    clearTimeout(idle)
    worker ??= start()
    worker.ref()
    lastId += 1
    const id = lastId
    const answer = Promise.withResolvers<never>()
    // the thread answers with what the call it was asked for gives
    pending.set(id, { resolve: (value) => answer.resolve(value as never), reject: answer.reject })
    const cancel = (): void => {
      post({ type: 'cancel', id })
      answer.reject(signal?.reason)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    post({ type: 'call', id, name: called, args })
    return answer.promise.finally(() => signal?.removeEventListener('abort', cancel))
  }

  return {
    call,
    get isRunning() {
      return worker !== null
    },
    async callIfRunning(called, args) {
      if (worker) await call(called, args)
      else await exited
    },
    async terminate() {
      clearTimeout(idle)
      const ended = worker
      worker = null
      abandon()
      await ended?.terminate()
    },
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
