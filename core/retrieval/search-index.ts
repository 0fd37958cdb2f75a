import type { ChunkFilter, ChunkSearchRepository } from './chunk-search-repository.ts'
import { diverse } from './diversity.ts'
import type { Embedder } from './embedder.ts'
import { highlightsOf } from './highlights.ts'
import type { FoundChunk, IndexSearchAnswer, SearchRequest } from './knowledge-index.ts'
import { meaningSpace } from './meaning-score.ts'
import { dayName, recencyOf } from './note-time.ts'
import { parseQuery, type Query, searchWords } from './query.ts'
import { type AskedQuestion, boosted, mergeParts, type Ranked, rank } from './ranking.ts'
import { isNearEnough, withoutStrangers } from './relevance-floor.ts'
import type { VectorReader } from './vectors/vector-store.ts'
import { type TextMatch, wordMatcher } from './word-matcher.ts'

/** The first so many passages of different notes that speak for each other by linking. */
const LINKING = 20

/** A word that is half typed means something else, or nothing. */
const HALF_TYPED = 0.5

export interface SearchParts {
  chunks: ChunkSearchRepository
  /** Null before there are any. */
  vectors: VectorReader | null
  embedder: Embedder | null
}

/** Finds passages of one index by words and by meaning. */
export async function searchIndex(
  { chunks, vectors, embedder }: SearchParts,
  request: SearchRequest,
  signal: AbortSignal
): Promise<IndexSearchAnswer> {
  const query = parseQuery(request.text, request.now, request.typing)
  const { text, words, phrases, tags, paths, parts } = query
  const filter = filterOf(query, request)
  const understood = {
    ...{ words, phrases, tags, paths, parts },
    from: filter?.from ?? null,
    until: filter?.until ?? null
  }
  const asked: AskedQuestion[] = [
    { text, words, phrases },
    ...[...parts, ...(phrases.length > 0 ? [] : (request.alternatives ?? []))].map((part) => ({
      text: part,
      words: searchWords(part),
      phrases: []
    }))
  ]
  const space = embedder && vectors && text !== '' ? meaningSpace(vectors) : null
  const directions =
    embedder && space
      ? await embedder.embed(
          asked.map((question) => question.text),
          'query',
          signal
        )
      : []
  const allowed = filter ? chunks.allowed(filter) : undefined
  const [whole = [], ...ofParts] = asked.map((question, index) => {
    const direction = directions[index]
    const meaning = direction?.some((value) => value !== 0) ? (space?.meaningOf(direction) ?? null) : null
    return rank(question, {
      sources: { chunks, meaning, allowed, typing: request.typing },
      weight: (embedder?.weight ?? 0) * (request.typing ? HALF_TYPED : 1),
      find: wordMatcher(question.words, request.typing),
      limit: request.limit
    })
  })
  const merged = mergeParts(whole, ofParts)
  const documentIds = [...new Set(merged.slice(0, LINKING).map(({ documentId }) => documentId))]
  const ranked = boosted(merged, chunks.linksAmong(documentIds), (passage) =>
    recencyOf(passage, query.dates, request.now)
  )
  // whoever has not yet written all of it, or quotes, is shown what there is
  const isOpen = request.typing || (phrases.length > 0 && ranked.some(hasWords))
  const near = isOpen || ranked.some(isNearEnough) ? withoutStrangers(ranked) : []
  // and so is, all the more, whoever narrows the search
  const found = filter === null ? near : ranked
  const find = wordMatcher(words, request.typing)
  return {
    hits: diverse(found, request.limit, space?.likeness ?? (() => 0)).map(({ item, taken }) =>
      foundChunk(item, taken, words, find)
    ),
    understood,
    belowFloor: found.length === 0 && ranked.length > 0
  }
}

const hasWords = ({ bm25 }: Ranked): boolean => bm25 !== null

function foundChunk(
  passage: Ranked,
  taken: number,
  searched: readonly string[],
  find: (text: string) => TextMatch[]
): FoundChunk {
  const { path, kind, title, tags, modifiedAt, headings, text, start, end, page } = passage
  const { words, meaning, links, recency, bm25, cosine } = passage
  const { highlights, matchedWords } = highlightsOf(text, searched, find)
  return {
    document: { path, kind, title, tags, modifiedAt },
    chunk: { headings, text, start, end, page },
    highlights,
    score: passage.score - taken,
    why: { words, meaning, links, recency, reranker: null, diversity: -taken, bm25, cosine, matchedWords }
  }
}

/** Dates narrow it only where they say when a note was changed: otherwise a note may be about that time. */
function filterOf(query: Query, { filter }: SearchRequest): ChunkFilter | null {
  const dates = query.dates?.isAboutChange ? query.dates : null
  const whole: ChunkFilter = {
    folders: filter.folders ?? [],
    tags: [...(filter.tags ?? []), ...query.tags],
    pathParts: query.paths,
    kind: query.kind ?? filter.kind ?? null,
    from: filter.from ?? dates?.from ?? null,
    until: filter.until ?? dates?.until ?? null,
    days: dates && { from: dayName(dates.from), until: dayName(dates.until) }
  }
  const { folders, tags, pathParts, kind, from, until } = whole
  const isEmpty = [folders, tags, pathParts].every((list) => list.length === 0)
  return isEmpty && kind === null && from === null && until === null ? null : whole
}
