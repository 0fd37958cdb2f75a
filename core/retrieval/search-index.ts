import type { ChunkFilter, ChunkSearchRepository } from './chunk-search-repository.ts'
import { diverse } from './diversity.ts'
import type { Embedder } from './embedder.ts'
import { highlightsOf } from './highlights.ts'
import type { FoundChunk, IndexSearchAnswer, SearchRequest } from './knowledge-index.ts'
import { meaningOf } from './meaning-score.ts'
import { parseQuery, type Query } from './query.ts'
import { rank } from './ranking.ts'
import type { VectorReader } from './vectors/vector-store.ts'
import { wordMatcher } from './word-matcher.ts'

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
  const sources = {
    chunks: parts.chunks,
    meaning,
    allowed,
    typing: request.typing,
    weight: parts.embedder?.weight ?? 0
  }
  const find = wordMatcher(query.words)
  const ranked = rank(query, sources, find, request.limit)
  const likeness = meaning?.likeness ?? (() => 0)
  const hits = diverse(ranked, request.limit, likeness).map(({ item, taken }): FoundChunk => {
    const { path, kind, title, tags, modifiedAt, headings, text, start, end, page } = item
    const { highlights, matchedWords } = highlightsOf(text, query.words, find)
    return {
      document: { path, kind, title, tags, modifiedAt },
      chunk: { headings, text, start, end, page },
      highlights,
      score: item.score - taken,
      why: {
        words: item.words,
        meaning: item.meaning,
        links: 0,
        recency: 0,
        reranker: null,
        diversity: -taken,
        bm25: item.bm25,
        cosine: item.cosine,
        matchedWords
      }
    }
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
