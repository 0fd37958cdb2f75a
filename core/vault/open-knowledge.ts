import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BUILT_IN_EMBEDDER } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import { throttle } from '../lib/throttle.ts'
import type { Store } from '../store/store.ts'
import type { Embedders } from './embedders/embedders.ts'
import { createEmbedHost } from './ingest/embed-host.ts'
import type { Knowledge } from './knowledge.ts'
import { knownVaults, type ObsidianPlaces } from './obsidian/known-vaults.ts'
import { noteView } from './search/note-view.ts'
import { inOtherWords, type Rewrite } from './search/other-words.ts'
import { RERANKED_HITS, type Rerank, rerankHits } from './search/rerank-hits.ts'
import type { OpenIndex } from './search/search-calls.ts'
import { searchSources } from './search/search-sources.ts'
import { createSearchWorker } from './search/search-worker.ts'
import { createIndexing } from './sources/indexing.ts'
import { newSource } from './sources/new-source.ts'
import {
  type IndexEmbedder,
  indexFileName,
  indexFilePattern,
  type SourceRecord
} from './sources/source-record.ts'
import { openSources } from './sources/sources.ts'

export interface KnowledgeOptions {
  store: Store
  dataDir: string
  /** Models that turn texts into vectors. The built-in embedder needs none of it. */
  embedders: Pick<Embedders, 'check' | 'choose' | 'reopen'>
  /** Asks a reranker. Absent: what is found keeps its order. */
  rerank?: Rerank
  /** Asks a model for other words. Absent: what is asked is searched as it is. */
  rewrite?: Rewrite
  /** Where Obsidian keeps the list of its vaults. */
  obsidian: ObsidianPlaces
  /** A source, or how far it is. At most twice a second. */
  onChange(): void
  logger: Logger
}

const EVENT_INTERVAL_MS = 500
const RELATED = 10
const GRAPH_NODES = 300

/** Opens what is known of the person's folders. Two threads do the work, each only while there is some. */
export function openKnowledge({
  store,
  dataDir,
  embedders,
  logger,
  ...options
}: KnowledgeOptions): Knowledge {
  const sources = openSources({ store })
  deleteOrphans(dataDir, sources.list())
  const closing = new AbortController()
  const embedHost = createEmbedHost({ reopen: embedders.reopen, signal: closing.signal })
  const search = createSearchWorker(embedHost)
  const changed = throttle(options.onChange, EVENT_INTERVAL_MS)
  const indexing = createIndexing({
    sources,
    dataDir,
    embedHost,
    forget: search.forget,
    readStats: (source) => search.stats(indexOf(source)),
    onChange: () => changed.call(),
    logger
  })
  const indexOf = (source: SourceRecord): OpenIndex => ({
    path: indexing.indexPath(source),
    embedder: source.indexFile.embedder
  })

  const chosen = async (choice: string, costConfirmed: boolean): Promise<IndexEmbedder> => {
    if (choice === BUILT_IN_EMBEDDER) return { choice, model: null }
    embedders.check(choice, costConfirmed)
    const { id, dimensions, weight, batch } = await embedders.choose(choice, closing.signal)
    return { choice, model: { id, dimensions, weight, batch } }
  }
  const documentOf = async (id: string, path: string) => {
    const source = sources.find(id)
    const document = await search.document(indexOf(source), path)
    if (!document) throw new HomeportError('not-found', 'There is no such note in the index.')
    return { source, document }
  }

  return {
    sources: () => sources.list().map(indexing.view),
    async add(wanted) {
      const embedder = await chosen(wanted.embedder, wanted.costConfirmed)
      const plain = await newSource(wanted, { known: sources.list(), dataDir, now: Date.now() })
      const source = { ...plain, indexFile: { generation: 1, embedder }, nextFile: null }
      await sources.save(source)
      await indexing.start(source)
      changed.call()
      return indexing.view(source)
    },
    async update(id, change) {
      const { name, excludes, paused, embedder: choice, costConfirmed } = change
      const current = (sources.find(id).nextFile ?? sources.find(id).indexFile).embedder
      const embedder =
        choice === undefined || choice === current.choice
          ? null
          : await chosen(choice, costConfirmed ?? false)
      const before = sources.find(id)
      await indexing.stop(before)
      if (embedder && before.nextFile) await indexing.deleteFile(before, before.nextFile)
      const source: SourceRecord = {
        ...before,
        ...(name !== undefined && { name }),
        ...(excludes !== undefined && { excludes }),
        ...(paused !== undefined && { paused }),
        ...(embedder && { nextFile: nextFileOf(before, embedder) })
      }
      await sources.save(source)
      await indexing.start(source)
      changed.call()
      return indexing.view(source)
    },
    async remove(id) {
      const source = sources.find(id)
      await sources.delete(id)
      await indexing.stop(source)
      await indexing.deleteFile(source, source.indexFile)
      if (source.nextFile) await indexing.deleteFile(source, source.nextFile)
      changed.call()
    },
    async rescan(id) {
      const source = sources.find(id)
      if (source.paused)
        throw new HomeportError('conflict', 'This source is paused.', { action: 'Go on with it first.' })
      indexing.look(source)
      return indexing.view(source)
    },
    async files(id, { status, search: part, after, limit }) {
      const files = await search.files(indexOf(sources.find(id)), {
        ...(status !== undefined && { status }),
        ...(part !== undefined && { search: part }),
        ...(after !== undefined && { after }),
        limit
      })
      return { files, next: files.length === limit ? (files.at(-1)?.path ?? null) : null }
    },
    parts: async (id, letters, limit) => search.parts(indexOf(sources.find(id)), { search: letters, limit }),
    report: (id) => search.report(indexOf(sources.find(id))),
    async foundVaults() {
      const taken = new Set(sources.list().map(({ folder }) => folder))
      return (await knownVaults(options.obsidian)).filter(({ folder }) => !taken.has(folder))
    },
    measure: (folder, excludes) => search.measure({ folder, excludes: [...excludes], dataDir }),
    async note(id, path) {
      const { source, document } = await documentOf(id, path)
      return noteView(source, document, await search.related(indexOf(source), path, RELATED))
    },
    expand: async (id, path, start, budgetTokens) =>
      search.expand(indexOf(sources.find(id)), path, start, budgetTokens),
    async graph(id, path, depth) {
      const { source } = await documentOf(id, path)
      return search.graph(indexOf(source), path, depth, GRAPH_NODES)
    },
    async search(question, signal) {
      const parts = { worker: search, sources: sources.list, indexOf }
      const { reranker: model, rewriter, text, limit, typing } = question
      const alternatives =
        rewriter === undefined || !options.rewrite || typing
          ? []
          : await inOtherWords({ model: rewriter, question: text }, options.rewrite, signal)
      if (model === undefined || !options.rerank)
        return searchSources(parts, { ...question, alternatives }, signal)
      const wide = { ...question, alternatives, limit: Math.max(limit, RERANKED_HITS) }
      const answer = await searchSources(parts, wide, signal)
      return {
        ...answer,
        hits: await rerankHits(answer.hits, { model, text, limit }, options.rerank, signal)
      }
    },
    begin: indexing.begin,
    async close() {
      closing.abort()
      changed.cancel()
      await Promise.all([indexing.close(), search.close()])
    }
  }
}

/** Another file is filled while the one there answers; back to its embedder, nothing is to be filled. */
function nextFileOf(
  { indexFile, nextFile }: SourceRecord,
  embedder: IndexEmbedder
): SourceRecord['nextFile'] {
  if (embedder.choice === indexFile.embedder.choice) return null
  return { generation: (nextFile ?? indexFile).generation + 1, embedder }
}

/** A source may have been removed, or its index replaced, by a daemon that ended before it had deleted the file. */
function deleteOrphans(dataDir: string, sources: readonly SourceRecord[]): void {
  const kept = sources.flatMap(({ id, indexFile, nextFile }) =>
    [indexFile, nextFile].flatMap((file) => (file ? [indexFileName(id, file)] : []))
  )
  for (const name of readdirSync(dataDir))
    if (indexFilePattern.test(name) && !kept.some((file) => name.startsWith(file)))
      rmSync(join(dataDir, name), { force: true })
}
