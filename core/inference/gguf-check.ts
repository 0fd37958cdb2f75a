import { Worker } from 'node:worker_threads'
import { entryUrl } from '../lib/entry-url.ts'
import { GgufError } from './gguf-cursor.ts'
import type { GgufSummary } from './gguf-header.ts'

/** What the worker says, in this order; `refused` can come instead of any. */
export type CheckMessage =
  | { type: 'checked'; summary: GgufSummary }
  | { type: 'rendering' }
  | { type: 'done' }
  | { type: 'refused'; problem: string }

const READ_DEADLINE_MS = 15_000
const RENDER_DEADLINE_MS = 1_000
const ENDLESS_TEMPLATE = 'its chat template does not come to an end'

/**
 * Checks a model's files (one, or the parts of a split one, in order) in a worker of its own, which ends with the check:
 * the header of each is sound, and its chat template ends. Rejects with a `GgufError` that says what is wrong.
 */
export function checkGguf(paths: readonly string[]): Promise<GgufSummary> {
  const { promise, resolve, reject } = Promise.withResolvers<GgufSummary>()
  const worker = new Worker(entryUrl(import.meta.url, './gguf-check.worker.ts'), {
    workerData: { paths },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: {}
  })
  let summary: GgufSummary | null = null
  let problem = 'it took too long to read'
  const onDeadline = () => void worker.terminate()
  let deadline = setTimeout(onDeadline, READ_DEADLINE_MS)

  worker.on('message', (message: CheckMessage) => {
    if (message.type === 'checked') {
      summary = message.summary
    } else if (message.type === 'rendering') {
      problem = ENDLESS_TEMPLATE
      clearTimeout(deadline)
      deadline = setTimeout(onDeadline, RENDER_DEADLINE_MS)
    } else if (message.type === 'done' && summary !== null) {
      resolve(summary)
    } else if (message.type === 'refused') {
      problem = message.problem
    }
  })
  // out of memory, most likely, in the header or in the template: refused like any other
  worker.on('error', () => {})
  worker.on('exit', () => {
    clearTimeout(deadline)
    reject(new GgufError(problem))
  })
  return promise
}
