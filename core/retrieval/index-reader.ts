import { openIndexForReading } from '../store/index-file.ts'
import { chunkSearchRepository } from './chunk-search-repository.ts'
import { documentReadRepository, resolveLink } from './document-read-repository.ts'
import { expandPassage } from './expansion.ts'
import { indexSchema } from './index-schema-repository.ts'
import type { IndexReader } from './knowledge-index.ts'
import { graphAround, neighboursOf } from './note-graph.ts'
import { searchIndex } from './search-index.ts'
import { sourcePartRepository } from './source-part-repository.ts'
import { sourceParts } from './source-parts.ts'
import { sourceReport } from './source-report.ts'
import { sourceReportRepository } from './source-report-repository.ts'
import { openVectorStore } from './vectors/open-vector-store.ts'
import { hasVectorTables, vectorStateRepository } from './vectors/vector-state-repository.ts'

/** Chunks of a document that speak for it where its neighbours in meaning are sought. */
const SPEAKING_CHUNKS = 8

/** Opens an index for reading, on any thread, beside its writer; null where there is none yet. */
export function openIndexReader(path: string): IndexReader | null {
  const connection = openIndexForReading(path, indexSchema)
  if (!connection) return null
  const chunks = chunkSearchRepository(connection)
  const documents = documentReadRepository(connection)
  const parts = sourcePartRepository(connection)
  const reports = sourceReportRepository(connection)
  const owner = hasVectorTables(connection) ? vectorStateRepository(connection).state() : null
  const vectors = owner && openVectorStore(connection, owner)

  return {
    search: (request, embedder, signal) => {
      const serving = embedder?.id === owner?.embedder ? embedder : null
      return searchIndex({ chunks, vectors, embedder: serving }, request, signal)
    },
    servingEmbedder: () => owner?.embedder ?? null,
    document(path_) {
      const document = documents.document(path_)
      if (!document) return null
      const links = documents.linksOf(path_).map(({ target, line }) => {
        const resolved = resolveLink(documents, target, path_)
        return { target, line, path: resolved, title: resolved === null ? null : documents.title(resolved) }
      })
      const backlinks = documents
        .linksToNames(path_)
        .filter((link) => resolveLink(documents, link.target, link.path) === path_)
        .map(({ path: from, title, line }) => ({ path: from, title, line }))
      return { ...document, links, backlinks }
    },
    files: documents.files,
    parts: (query) => sourceParts(parts, query),
    resolve: (target, from) => resolveLink(documents, target, from),
    graph: (around, depth, limit) => graphAround(documents, around, depth, limit),
    related(to, limit) {
      if (!vectors) return []
      const own = documents.chunkIds(to)
      const speaking = vectors.vectors(own.slice(0, SPEAKING_CHUNKS)).filter((vector) => vector !== null)
      const mean = meanOf(speaking, vectors.dimensions)
      const { to: linked, from: linking } = neighboursOf(documents, to)
      const known = new Set([to, ...linked, ...linking])
      const near = vectors.search(mean, own.length + limit * 10)
      const scores = new Map(near.map(({ id, score }) => [id, score]))
      const best = new Map<string, { path: string; title: string; score: number }>()
      for (const row of chunks.rows(near.map(({ id }) => id))) {
        const score = scores.get(row.id) ?? 0
        if (known.has(row.path) || (best.get(row.path)?.score ?? -1) >= score) continue
        best.set(row.path, { path: row.path, title: row.title, score })
      }
      return [...best.values()].sort((a, b) => b.score - a.score).slice(0, limit)
    },
    expand(path_, start, budgetTokens) {
      const document = documents.document(path_)
      return document && expandPassage(document.chunks, start, budgetTokens)
    },
    report: () => sourceReport(reports, Date.now()),
    stats: documents.stats,
    close: () => connection.close()
  }
}

function meanOf(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions)
  for (const vector of vectors) for (const [i, value] of vector.entries()) mean[i] = (mean[i] ?? 0) + value
  return mean
}
