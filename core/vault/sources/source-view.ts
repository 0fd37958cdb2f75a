import { statSync } from 'node:fs'
import type { Source } from '../../contract/knowledge.ts'
import type { IndexStats } from '../../retrieval/knowledge-index.ts'
import type { IngestStatus } from '../ingest/ingest-messages.ts'
import type { SourceRecord } from './source-record.ts'

/** What is known of how a source stands. */
export interface SourceStanding {
  /** Of the index that answers. */
  status: IngestStatus | null
  /** Of the one that is to take its place. */
  nextStatus: IngestStatus | null
  watchProblem: string | null
  /** Where there is no status. */
  stats: IndexStats
  indexPath: string
}

/** A source as the person sees it. */
export function sourceView(source: SourceRecord, standing: SourceStanding): Source {
  const { id, name, kind, folder, excludes, paused, createdAt } = source
  const { status, nextStatus } = standing
  const stats = status?.stats ?? standing.stats
  return {
    ...{ id, name, kind, folder, excludes, paused, createdAt },
    embedder: (source.nextFile ?? source.indexFile).embedder.choice,
    state: stateOf(source, standing),
    problem: paused ? null : (status?.problem ?? nextStatus?.problem ?? standing.watchProblem),
    progress: status?.progress ?? nextStatus?.progress ?? null,
    documents: stats.documents,
    chunks: stats.chunks,
    chunksWithoutVector: stats.chunksWithoutVector,
    failures: stats.failures,
    indexBytes: status?.indexBytes ?? sizeOf(standing.indexPath),
    lastChangeAt: stats.lastChangeAt,
    completeAt: stats.completeAt
  }
}

function stateOf(
  { paused, nextFile }: SourceRecord,
  { status, nextStatus }: SourceStanding
): Source['state'] {
  if (paused) return 'paused'
  // an index of another version of its embedder answers, and nothing is done to it
  const state = status?.state ?? (nextFile ? 'ready' : 'waiting')
  if (state !== 'ready' || !nextFile) return state
  return nextStatus && nextStatus.state !== 'ready' ? nextStatus.state : 'indexing'
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
