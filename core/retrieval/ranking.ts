import { type CandidateSources, candidatesFor } from './candidates.ts'
import type { ChunkRow } from './chunk-search-repository.ts'
import { type Fused, fuse } from './fusion.ts'
import type { Query } from './query.ts'
import { wordFit } from './word-fit.ts'
import type { TextMatch } from './word-matcher.ts'

/** Passages that are read to be ranked. */
const READ = 60

export interface Ranked extends Omit<Fused, 'id'>, ChunkRow {}

/** The passages nearest to a question. Best first. */
export function rank(
  query: Query,
  sources: CandidateSources & { weight: number },
  find: (text: string) => TextMatch[],
  limit: number
): Ranked[] {
  const fused = fuse(candidatesFor(query, sources), sources.weight).slice(0, Math.max(READ, 2 * limit))
  const rows = new Map(sources.chunks.rows(fused.map(({ id }) => id)).map((row) => [row.id, row]))
  return fused
    .flatMap((candidate) => {
      const row = rows.get(candidate.id)
      if (!row) return []
      const fit = wordFit(query, row, find)
      return [{ ...row, ...candidate, words: candidate.words + fit, score: candidate.score + fit }]
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
}
