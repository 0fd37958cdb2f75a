import type { Trace, TraceQuery, TraceSummary } from '../contract/traces.ts'
import type { Store } from '../store/store.ts'
import type { NewTrace } from './new-trace.ts'
import { TraceRepository } from './trace-repository.ts'

const DAY_MS = 86_400_000
const BODY_DAYS = 30
const TRACE_DAYS = 365

/** What happened, call by call, for Activity. */
export interface Traces {
  /** Resolves when the trace is written. */
  record(trace: NewTrace): Promise<void>
  /** Newest first. A search looks at title, model and app of the newest 10,000 before the cursor. */
  list(query: TraceQuery): TraceSummary[]
  get(id: string): Trace | null
  /**
   * Drops bodies that no trace of the last 30 days has, and traces older than a year, in small transactions.
   * `now` is in milliseconds UTC.
   */
  prune(now: number): Promise<void>
}

export function openTraces({ store }: { store: Pick<Store, 'write' | 'traces'> }): Traces {
  const repository = new TraceRepository(store, store.traces)
  return {
    record: (trace) => repository.insert(trace),
    list: (query) => repository.list(query),
    get: (id) => repository.get(id),
    prune: async (now) => {
      await repository.deleteBodiesUnusedSince(now - BODY_DAYS * DAY_MS)
      await repository.deleteTracesBefore(now - TRACE_DAYS * DAY_MS)
    }
  }
}
