import { candidatesFor } from './candidates.ts'
import type { ChunkFilter, ChunkSearchRepository } from './chunk-search-repository.ts'
import type { Embedder } from './embedder.ts'
import { fuse } from './fusion.ts'
import { highlightsOf } from './highlights.ts'
import type { FoundChunk, IndexSearchAnswer, SearchRequest } from './knowledge-index.ts'
import { meaningOf } from './meaning-score.ts'
import { parseQuery, type Query } from './query.ts'
import type { VectorReader } from './vectors/vector-store.ts'

export interface SearchParts {
  chunks: ChunkSearchRepository
  /** Null before there are any. */
  vectors: VectorReader | null
  embedder: Embedder | null
}

/** Finds passages of one index by words and by meaning. */
export async function searchIndex(
  parts: SearchParts,
  request: SearchRequest,
  signal: AbortSignal
): Promise<IndexSearchAnswer> {
  const query = parseQuery(request.text)
  const filter = filterOf(query, request)
  const allowed = filter ? parts.chunks.allowed(filter) : undefined
  const vector = await vectorOf(query, parts, signal)
  const meaning = vector && parts.vectors ? meaningOf(parts.vectors, vector) : null
  const sources = { chunks: parts.chunks, meaning, allowed, typing: request.typing }
  const ranked = fuse(candidatesFor(query, sources), parts.embedder?.weight ?? 0)
  const best = ranked.slice(0, request.limit)
  const rows = new Map(parts.chunks.rows(best.map(({ id }) => id)).map((row) => [row.id, row]))
  const hits: FoundChunk[] = best.flatMap((candidate) => {
    const row = rows.get(candidate.id)
    if (!row) return []
    const { path, kind, title, tags, modifiedAt, headings, text, start, end, page } = row
    const { highlights, matchedWords } = highlightsOf(text, query)
    return [
      {
        document: { path, kind, title, tags, modifiedAt },
        chunk: { headings, text, start, end, page },
        highlights,
        score: candidate.score,
        why: {
          words: candidate.words,
          meaning: candidate.meaning,
          links: 0,
          recency: 0,
          reranker: null,
          bm25: candidate.bm25,
          cosine: candidate.cosine,
          matchedWords
        }
      }
    ]
  })
  const { words, phrases, tags, paths } = query
  return {
    hits,
    understood: { words, phrases, tags, paths, from: null, until: null, parts: [] },
    belowFloor: false
  }
}

function filterOf(query: Query, { filter }: SearchRequest): ChunkFilter | null {
  const whole: ChunkFilter = {
    folders: filter.folders ?? [],
    tags: [...(filter.tags ?? []), ...query.tags],
    pathParts: query.paths,
    kind: query.kind ?? filter.kind ?? null,
    from: filter.from ?? null,
    until: filter.until ?? null
  }
  const { folders, tags, pathParts, kind, from, until } = whole
  const isEmpty = [folders, tags, pathParts].every((list) => list.length === 0)
  return isEmpty && kind === null && from === null && until === null ? null : whole
}

async function vectorOf(query: Query, parts: SearchParts, signal: AbortSignal): Promise<Float32Array | null> {
  if (!parts.embedder || !parts.vectors || query.text === '') return null
  const [vector] = await parts.embedder.embed([query.text], 'query', signal)
  return vector?.some((value) => value !== 0) ? vector : null
}
