import type { Trace, TraceFacets, TraceQuery, TraceSummary, TraceView } from '../contract/traces.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import type { Logger } from '../lib/logger.ts'
import { Slots } from '../lib/slots.ts'
import { databasePath } from '../store/connection.ts'
import type { Store } from '../store/store.ts'
import { BodyRepository } from './body-repository.ts'
import { BodyTextRepository } from './body-text-repository.ts'
import type { NewTrace } from './new-trace.ts'
import { ReceivedTraceRepository } from './received-trace-repository.ts'
import { applyRetention, type Retention } from './retention.ts'
import { createSearchIndexer } from './search-indexer.ts'
import { SearchRepository } from './search-repository.ts'
import type { SpanBatch } from './span-batch.ts'
import { type ReceivedBatch, TraceAssembly } from './trace-assembly.ts'
import { TraceDetailRepository } from './trace-detail-repository.ts'
import type { TraceExportPage, TraceExportQuery } from './trace-export.ts'
import { type TraceFilter, TraceListRepository } from './trace-list-repository.ts'
import { SHOWN_BODY_CHARS } from './trace-reads.ts'
import { type CostCorrection, TraceRepository, type TraceUpdate } from './trace-repository.ts'
import { TraceViewRepository } from './trace-view-repository.ts'
import { createTraceWorker } from './trace-worker.ts'

/** A trace of more spans would hold up the daemon's thread: 30,000 for a tenth of a second. */
const MANY_SPANS = 1000
const WHOLE_BODY = Number.MAX_SAFE_INTEGER

/** What a call asked, as it was kept. */
export interface ReplayedRequest {
  /** The name of the dialect it is written in. */
  dialect: string
  body: string
  labels: NonNullable<TraceSummary['labels']>
}

/** What happened, call by call, for Activity. */
export interface Traces {
  /** Resolves when the trace is written. */
  record(trace: NewTrace): Promise<void>
  /** Adds spans of another program to their trace, which begins with the first of them. Resolves when they are written. */
  append(batch: SpanBatch): Promise<ReceivedBatch>
  /** 16 bytes that are the same for equal requests, and for no others. */
  fingerprint(body: Uint8Array): Uint8Array
  /** Resolves when a trace that is on its way has been written, or could not be. */
  recorded(id: string): Promise<void>
  /** Newest first. A search for parts of words looks at title, model and app of the newest 10,000 before the cursor. */
  list(query: TraceQuery): Promise<TraceSummary[]>
  /** Counts the newest 100,000 that the filters leave. */
  facets(filter: TraceFilter): Promise<TraceFacets>
  /** One with many spans is read and encoded on another thread. */
  get(id: string): Promise<Trace | EncodedJson<Trace> | null>
  summary(id: string): TraceSummary | null
  /** Leaves alone what is not named. Null where there is no such trace. */
  update(id: string, changes: TraceUpdate): Promise<TraceSummary | null>
  /** Lets calls cost what the ledger says since they were priced anew. */
  correctCosts(corrections: readonly CostCorrection[]): Promise<void>
  /** Deletes traces, or only their texts, with all that no other one has. Resolves with those that were there. */
  erase(ids: readonly string[], what: 'all' | 'texts'): Promise<string[]>
  exportPage(query: TraceExportQuery): Promise<TraceExportPage>
  views(): TraceView[]
  /** Replaces all of them. */
  saveViews(views: readonly TraceView[]): Promise<TraceView[]>
  /** Throws `not-found` where there is no such trace and `bad-request` where its request was not kept. */
  requestOf(id: string): ReplayedRequest
  /** Resolves when a text search sees all that was recorded before. */
  indexed(): Promise<void>
  /** Clears away what the settings say is past its time, in small transactions. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
  /** Call it before the store is closed. */
  close(): Promise<void>
}

export interface TracesOptions {
  store: Pick<Store, 'write' | 'traces'>
  dataDir: string
  retention(): Retention
  logger: Logger
}

export function openTraces({ store, dataDir, retention, logger }: TracesOptions): Traces {
  const bodies = new BodyRepository(store)
  const bodyTexts = new BodyTextRepository(store.traces)
  const repository = new TraceRepository(store, bodies)
  const assembly = new TraceAssembly(new ReceivedTraceRepository(store, store.traces, bodies))
  const lists = new TraceListRepository(store.traces)
  const details = new TraceDetailRepository(store.traces, bodyTexts)
  const views = new TraceViewRepository(store, store.traces)
  const worker = createTraceWorker({ path: databasePath(dataDir, 'traces') })
  const indexer = createSearchIndexer({ writer: store, nextToIndex: worker.nextToIndex, logger })
  const writing = new Slots<{ id: string; written: Promise<void> }>()
  // left by a process that ended before it got to them
  if (new SearchRepository(store.traces, bodyTexts).isWaiting()) indexer.wake()

  return {
    record(trace) {
      const { id } = trace.summary
      const written = repository.insert(trace).finally(() => writing.take(slot))
      const slot = writing.put({ id, written })
      if (trace.requestBody !== null || trace.responseBody !== null) indexer.wake()
      return written
    },
    async append(batch) {
      const received = await assembly.append(batch)
      indexer.wake()
      return received
    },
    fingerprint: (body) => bodies.fingerprintOf(body),
    recorded: async (id) => {
      const found = [...writing].find((trace) => trace.id === id)
      await found?.written.catch(() => {})
    },
    list: async ({ limit, before, ...narrowed }) =>
      Object.values(narrowed).every((value) => value === undefined)
        ? lists.newest(before === undefined ? { limit } : { limit, before })
        : worker.list({ limit, before, ...narrowed }),
    facets: worker.facets,
    async get(id) {
      if (details.spanCount(id) <= MANY_SPANS) return details.get(id, SHOWN_BODY_CHARS)
      const encoded = await worker.encoded(id)
      return encoded && new EncodedJson(encoded)
    },
    summary: (id) => details.summary(id),
    async update(id, changes) {
      await repository.update(id, changes)
      return details.summary(id)
    },
    correctCosts: (corrections) => repository.correctCosts(corrections),
    async erase(ids, what) {
      const there = [...new Set(ids)].filter((id) => details.summary(id))
      if (there.length === 0) return []
      const { digests, newestRow } = await worker.onlyIn(there)
      await repository.erase(there, bodies.deletionOf(digests, newestRow), what)
      indexer.wake()
      return there
    },
    exportPage: worker.exportPage,
    views: () => views.all(),
    async saveViews(replacing) {
      await views.replaceAll(replacing)
      return views.all()
    },
    requestOf(id) {
      const summary = details.summary(id)
      if (!summary) throw new HomeportError('not-found', 'This trace does not exist.')
      const { request } = bodyTexts.textsOf(id, WHOLE_BODY)
      if (request === null)
        throw new HomeportError('bad-request', 'What this call asked was not kept, or is past its time.')
      const { dialect, labels } = summary
      return {
        dialect,
        body: request,
        labels: labels ?? { feature: null, project: null, session: null, tags: [] }
      }
    },
    indexed: () => indexer.caughtUp(),
    prune: (now) =>
      applyRetention(
        { writer: store, bodies, traces: repository, bodiesKeptSince: worker.bodiesKeptSince },
        retention(),
        now
      ),
    async close() {
      await indexer.close()
      await worker.close()
    }
  }
}
