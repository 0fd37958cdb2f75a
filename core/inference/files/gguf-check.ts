import { Worker } from 'node:worker_threads'
import { entryUrl } from '../../lib/entry-url.ts'
import { GgufError } from './gguf-cursor.ts'
import type { GgufSummary } from './gguf-summary.ts'

/** What the worker answers to a list of paths, in this order; `refused` can come instead of any. */
export type CheckMessage =
  | { type: 'checked'; summary: GgufSummary }
  | { type: 'rendering' }
  | { type: 'done' }
  | { type: 'refused'; problem: string }

const READ_DEADLINE_MS = 15_000
const RENDER_DEADLINE_MS = 1_000
const IDLE_MS = 2_000

/** One worker does all checks, one at a time. It starts with the first and ends when there were none for a while. */
let worker: Worker | null = null
let lastCheck: Promise<unknown> = Promise.resolve()
let waiting = 0
let idleTimer: NodeJS.Timeout | undefined

/**
 * Checks a model's files (one, or the parts of a split one, in order) off the event loop: the header of each is sound,
 * and the chat template ends. Rejects with a `GgufError` that says what is wrong.
 */
export function checkGguf(paths: readonly string[]): Promise<GgufSummary> {
  waiting += 1
  clearTimeout(idleTimer)
  const check = lastCheck
    .then(() => runCheck(paths))
    .finally(() => {
      waiting -= 1
      if (waiting === 0) idleTimer = setTimeout(endWorker, IDLE_MS).unref()
    })
  lastCheck = check.catch(() => {})
  return check
}

function runCheck(paths: readonly string[]): Promise<GgufSummary> {
  const { promise, resolve, reject } = Promise.withResolvers<GgufSummary>()
  const current = worker ?? startWorker()
  let summary: GgufSummary | null = null
  let problem = 'it took too long to read'
  const onDeadline = () => void current.terminate()
  let deadline = setTimeout(onDeadline, READ_DEADLINE_MS)

  const onMessage = (message: CheckMessage) => {
    if (message.type === 'checked') {
      summary = message.summary
    } else if (message.type === 'rendering') {
      problem = 'its chat template does not come to an end'
      clearTimeout(deadline)
      deadline = setTimeout(onDeadline, RENDER_DEADLINE_MS)
    } else if (message.type === 'done' && summary !== null) {
      resolve(summary)
    } else if (message.type === 'refused') {
      reject(new GgufError(message.problem))
    }
  }
  // past its deadline, or out of memory: whatever it was at is the file's fault
  const onExit = () => reject(new GgufError(problem))
  current.on('message', onMessage)
  current.on('exit', onExit)
  current.postMessage(paths)
  return promise.finally(() => {
    clearTimeout(deadline)
    current.off('message', onMessage)
    current.off('exit', onExit)
  })
}

function startWorker(): Worker {
  const started = new Worker(entryUrl(import.meta.url, './gguf-check.worker.ts'), {
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: {}
  })
  const onGone = () => {
    if (worker === started) worker = null
  }
  started.on('error', onGone)
  started.on('exit', onGone)
  // nobody has to wait for it at the end of the program
  started.unref()
  worker = started
  return started
}

function endWorker(): void {
  void worker?.terminate()
  worker = null
}
