import { setTimeout as sleep } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { answerCalls } from './answer-calls.ts'

// A thread to ask things of.

export interface TestCalls {
  given(): unknown
  double(n: number): number
  refuse(): never
  break(): never
  crash(): void
  hang(): void
  /** Answers when nobody waits any more. */
  untilCancelled(): Promise<void>
  cancelled(): number
  askBack(question: string): Promise<string>
}

let cancelled = 0
let replied: ((answer: string) => void) | undefined

const thread = answerCalls(
  (signal): TestCalls => ({
    given: () => workerData,
    double: (n) => n * 2,
    refuse() {
      throw new HomeportError('bad-request', 'Not like this', { action: 'Ask otherwise', param: 'n' })
    },
    break() {
      throw new Error('secret inner words')
    },
    crash() {
      setImmediate(() => {
        throw new Error('crashed')
      })
    },
    hang() {
      for (;;);
    },
    async untilCancelled() {
      while (!signal.aborted) await sleep(2)
      cancelled += 1
    },
    cancelled: () => cancelled,
    askBack(question) {
      const { promise, resolve } = Promise.withResolvers<string>()
      replied = resolve
      thread.send(question)
      return promise
    }
  }),
  { onNote: (note) => replied?.(String(note)) }
)
