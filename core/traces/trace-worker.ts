import { entryUrl } from '../lib/entry-url.ts'
import { createIdleThread } from '../threads/idle-thread.ts'
import type { TraceReads } from './trace-reads.ts'

/** A worker takes some 13 MB, and is back within 100 ms. */
const IDLE_MS = 30_000

export interface TracesWorkerData {
  /** Of traces.db. */
  path: string
}

/** The reads as they are asked for from another thread. */
export type AsyncReads = {
  [K in keyof TraceReads]: (...args: Parameters<TraceReads[K]>) => Promise<ReturnType<TraceReads[K]>>
}

export interface TraceWorker extends AsyncReads {
  /** Waits until its connection is closed. Reads under way fail. */
  close(): Promise<void>
}

/** Reads of traces in a thread that is there while they are asked for. */
export function createTraceWorker(workerData: TracesWorkerData): TraceWorker {
  const thread = createIdleThread<TraceReads>({
    entry: entryUrl(import.meta.url, './traces.worker.ts'),
    name: 'traces',
    workerData,
    idleMs: IDLE_MS,
    words: { failed: 'The traces could not be read', interrupted: 'Reading the traces was interrupted' }
  })
  return {
    list: (...args) => thread.call('list', args),
    facets: (...args) => thread.call('facets', args),
    exportPage: (...args) => thread.call('exportPage', args),
    encoded: (...args) => thread.call('encoded', args),
    onlyIn: (...args) => thread.call('onlyIn', args),
    bodiesKeptSince: (...args) => thread.call('bodiesKeptSince', args),
    nextToIndex: (...args) => thread.call('nextToIndex', args),
    close: thread.close
  }
}
