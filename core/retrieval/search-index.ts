import type { ChunkFilter, ChunkSearchRepository } from './chunk-search-repository.ts'
import type { Embedder } from './embedder.ts'
import { type Candidate, type Fused, fuse } from './fusion.ts'
import { highlightsOf } from './highlights.ts'
import type { FoundChunk, IndexSearchAnswer, SearchRequest } from './knowledge-index.ts'
import { matchOf, parseQuery, type Query } from './query.ts'
import type { VectorReader } from './vectors/vector-store.ts'

/** So many are taken from each side before they are ranked together. */
const CANDIDATES = 300

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
  const ranked = rank(parts, query, vector, allowed, request.typing)
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

function rank(
  { chunks, vectors, embedder }: SearchParts,
  query: Query,
  vector: Float32Array | null,
  allowed: Set<number> | undefined,
  typing: boolean
): Fused[] {
  const match = matchOf(query, typing)
  const byWords = new Map(
    match === null
      ? []
      : chunks
          .matching(match, allowed ? CANDIDATES * 10 : CANDIDATES)
          .filter(({ id }) => !allowed || allowed.has(id))
          .map(({ id, score }) => [id, score])
  )
  const byMeaning = new Map<number, number>()
  if (vector && vectors) {
    // quoted words must be there: what is only near in meaning does not count
    const near = query.phrases.length > 0 ? [] : vectors.search(vector, CANDIDATES, allowed)
    for (const { id, score } of near) byMeaning.set(id, score)
    const others = [...byWords.keys()].filter((id) => !byMeaning.has(id))
    for (const [index, score] of vectors.scores(vector, others).entries()) {
      const id = others[index]
      if (id !== undefined && score !== null) byMeaning.set(id, score)
    }
    if (match !== null) {
      const unscored = [...byMeaning.keys()].filter((id) => !byWords.has(id))
      for (const { id, score } of chunks.scoresOf(match, unscored)) byWords.set(id, score)
    }
  }
  const candidates: Candidate[] = [...new Set([...byWords.keys(), ...byMeaning.keys()])].map((id) => ({
    id,
    bm25: byWords.get(id) ?? null,
    cosine: byMeaning.get(id) ?? null
  }))
  const mean = vector && vectors ? vectors.mean(vector) : 0
  return fuse(candidates, mean, embedder?.weight ?? 0)
}
