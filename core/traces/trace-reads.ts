import type { TraceFacets, TraceQuery, TraceSummary } from '../contract/traces.ts'
import type { Reader, Statement } from '../store/store.ts'
import { BodyTextRepository } from './body-text-repository.ts'
import { SearchRepository } from './search-repository.ts'
import { TraceDetailRepository } from './trace-detail-repository.ts'
import { exportPage, type TraceExportPage, type TraceExportQuery } from './trace-export.ts'
import { type TraceFilter, TraceListRepository } from './trace-list-repository.ts'

/** Bodies are shown up to this many characters (UTF-16 units). */
export const SHOWN_BODY_CHARS = 200_000

/** What may take longer than the daemon's thread should be held. */
export interface TraceReads {
  list(query: TraceQuery): TraceSummary[]
  facets(filter: TraceFilter): TraceFacets
  exportPage(query: TraceExportQuery): TraceExportPage
  /** A trace as JSON in UTF-8. */
  encoded(id: string): Uint8Array | null
  /** Parts of bodies that only these traces have. */
  onlyIn(ids: readonly string[]): { digests: Uint8Array[]; newestRow: number }
  /** From when on (milliseconds UTC) bodies take at most so many bytes; null where all of them do. */
  bodiesKeptSince(maxBytes: number): number | null
  /** What takes the next traces into the index of words; empty when none waits. */
  nextToIndex(): Statement[]
}

export function createTraceReads(reader: Reader): TraceReads {
  const bodies = new BodyTextRepository(reader)
  const lists = new TraceListRepository(reader)
  const details = new TraceDetailRepository(reader, bodies)
  const search = new SearchRepository(reader, bodies)
  return {
    list: (query) => lists.list(query),
    facets: (filter) => lists.facets(filter),
    exportPage: (query) => exportPage({ lists, details }, query),
    encoded(id) {
      const trace = details.get(id, SHOWN_BODY_CHARS)
      return trace && Buffer.from(JSON.stringify(trace))
    },
    onlyIn: (ids) => bodies.onlyIn(ids),
    bodiesKeptSince: (maxBytes) => bodies.keptSince(maxBytes),
    nextToIndex: () => search.nextBatch()
  }
}
