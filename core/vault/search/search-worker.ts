import { entryUrl } from '../../lib/entry-url.ts'
import type { IndexSearchAnswer, SearchRequest } from '../../retrieval/knowledge-index.ts'
import { createIdleThread } from '../../threads/idle-thread.ts'
import type { EmbedHost } from '../ingest/embed-host.ts'
import type { EmbedCall } from '../ingest/ingest-messages.ts'
import type { IndexReads, OpenIndex } from './search-calls.ts'

/** The worker, its embedder and its copies of vectors take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 300_000

/** The reads as they are asked for from another thread. */
export type AsyncIndexReads = {
  [K in keyof IndexReads]: (...args: Parameters<IndexReads[K]>) => Promise<Awaited<ReturnType<IndexReads[K]>>>
}

export interface SearchWorker extends Omit<AsyncIndexReads, 'search'> {
  search(index: OpenIndex, request: SearchRequest, signal: AbortSignal): Promise<IndexSearchAnswer | null>
  close(): Promise<void>
}

/** Answers from indexes in a thread that is there while questions are asked. */
export function createSearchWorker(embedHost: EmbedHost): SearchWorker {
  const thread = createIdleThread<IndexReads>({
    entry: entryUrl(import.meta.url, '../search.worker.ts'),
    name: 'search',
    idleMs: IDLE_MS,
    words: { failed: 'The index could not be searched', interrupted: 'Searching was interrupted' },
    // all it sends beside its answers are texts for models, which live on this thread
    onNote: (call, reply) => void embedHost.answer(call as EmbedCall).then(reply)
  })
  return {
    search: (index, request, signal) => thread.call('search', [index, request], signal),
    files: (...args) => thread.call('files', args),
    parts: (...args) => thread.call('parts', args),
    stats: (...args) => thread.call('stats', args),
    document: (...args) => thread.call('document', args),
    expand: (...args) => thread.call('expand', args),
    related: (...args) => thread.call('related', args),
    graph: (...args) => thread.call('graph', args),
    report: (...args) => thread.call('report', args),
    measure: (...args) => thread.call('measure', args),
    // where no thread is, none has the file open
    forget: (...args) => thread.callIfRunning('forget', args),
    close: thread.close
  }
}
