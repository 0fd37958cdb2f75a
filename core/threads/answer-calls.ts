import { parentPort } from 'node:worker_threads'
import { type FromThread, type ToThread, takeApart } from './thread-messages.ts'

export interface AnswerCallsOptions {
  /** Takes what the other side sends beside its calls. */
  onNote?(note: unknown): void
  /** Closes what is open; nothing is asked after it. */
  onClose?(): void
}

/**
 * The other end of `createIdleThread`, in the thread's own file: answers every call with the function of that name.
 * `callsFor` is given a signal that fires when nobody waits any more. Throws outside a worker thread.
 */
export function answerCalls(
  callsFor: (signal: AbortSignal) => object,
  { onNote, onClose }: AnswerCallsOptions = {}
): { send(note: unknown): void } {
  if (!parentPort) throw new Error('This file runs as a worker thread')
  const port = parentPort
  const post = (message: FromThread): void => port.postMessage(message)
  const underWay = new Map<number, AbortController>()

  const answer = async ({ id, name, args }: Extract<ToThread, { type: 'call' }>): Promise<void> => {
    const stop = new AbortController()
    underWay.set(id, stop)
    try {
      // who calls knows the arguments of the call it names
      const calls = callsFor(stop.signal) as Record<PropertyKey, (...args: unknown[]) => unknown>
      post({ type: 'answer', id, value: await calls[name]?.(...args) })
    } catch (error) {
      post({ type: 'failed', id, error: takeApart(error) })
    } finally {
      underWay.delete(id)
    }
  }

  port.on('message', (message: ToThread) => {
    switch (message.type) {
      case 'call':
        void answer(message)
        break
      case 'cancel':
        underWay.get(message.id)?.abort()
        break
      case 'note':
        onNote?.(message.note)
        break
      case 'close':
        // work that goes on keeps a thread alive
        for (const stop of underWay.values()) stop.abort()
        onClose?.()
        port.close()
    }
  })
  return { send: (note) => post({ type: 'note', note }) }
}
