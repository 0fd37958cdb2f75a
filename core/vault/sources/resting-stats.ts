import type { IndexStats } from '../../retrieval/knowledge-index.ts'
import type { SourceRecord } from './source-record.ts'

export interface RestingStatsOptions {
  /** How an index stands; null where there is none. */
  read(source: SourceRecord): Promise<IndexStats | null>
  onRead(): void
  onFailed(error: unknown): void
}

/** How indexes stand that nothing is done to. */
export interface RestingStats {
  /** What is known; without `mayRead` nothing is read to know it. None yet is as good as an empty index. */
  of(source: SourceRecord, mayRead: boolean): IndexStats
  keep(id: string, stats: IndexStats): void
  forget(id: string): void
}

export const noStats: IndexStats = {
  documents: 0,
  chunks: 0,
  chunksWithoutVector: 0,
  failures: 0,
  lastChangeAt: null,
  completeAt: null
}

export function createRestingStats({ read, onRead, onFailed }: RestingStatsOptions): RestingStats {
  const known = new Map<string, IndexStats>()
  const learn = async (source: SourceRecord): Promise<void> => {
    const stats = await read(source)
    if (!stats) return
    known.set(source.id, stats)
    onRead()
  }
  return {
    of(source, mayRead) {
      const stats = known.get(source.id)
      if (stats || !mayRead) return stats ?? noStats
      known.set(source.id, noStats)
      learn(source).catch(onFailed)
      return noStats
    },
    keep: (id, stats) => void known.set(id, stats),
    forget: (id) => void known.delete(id)
  }
}
