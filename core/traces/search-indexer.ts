import type { Logger } from '../lib/logger.ts'
import type { Statement, Writer } from '../store/store.ts'

/** Calls' own work comes first: their words are looked at when none has ended for a moment, */
const REST_MS = 2000
/** or when some have waited this long. */
const LONGEST_WAIT_MS = 30_000
/** Between two batches, so that the writer's other work is not held up. */
const PAUSE_MS = 10

export interface SearchIndexer {
  /** Tell it that traces wait. */
  wake(): void
  /** Resolves when none waits any more. */
  caughtUp(): Promise<void>
  /** Waits for the batch that is being written; begins no other. */
  close(): Promise<void>
}

/** Takes what traces bring into the index of words, a batch at a time. What it did not get to stays in the queue. */
export function createSearchIndexer(options: {
  writer: Writer
  nextToIndex(): Promise<Statement[]>
  logger: Logger
}): SearchIndexer {
  const { writer, nextToIndex, logger } = options
  let timer: NodeJS.Timeout | undefined
  /** When the first of those that wait came, by the process's clock. */
  let waitingSince = 0
  let running: Promise<void> | null = null
  let closed = false

  const run = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    while (!closed) {
      const statements = await nextToIndex()
      if (statements.length === 0) return
      await writer.write('traces', statements)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const runOnce = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
  const runInBackground = (): void => {
    runOnce().catch((error: unknown) => {
      if (!closed) logger.error({ error }, 'The index of words could not be brought up to date')
    })
  }

  return {
    wake() {
      if (closed) return
      if (timer === undefined) {
        waitingSince = performance.now()
        timer = setTimeout(runInBackground, REST_MS).unref()
      } else if (performance.now() - waitingSince < LONGEST_WAIT_MS) timer.refresh()
    },
    async caughtUp() {
      await running
      await runOnce()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await running?.catch(() => {})
    }
  }
}
