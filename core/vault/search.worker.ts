import type { SourceReport } from '../contract/knowledge.ts'
import { openIndexReader } from '../retrieval/index-reader.ts'
import type { IndexGraph, IndexReader } from '../retrieval/knowledge-index.ts'
import { answerCalls } from '../threads/answer-calls.ts'
import { measureFolder } from './folder/measure-folder.ts'
import type { EmbedAnswer } from './ingest/ingest-messages.ts'
import { threadEmbedders } from './ingest/thread-embedders.ts'
import type { IndexReads, OpenIndex } from './search/search-calls.ts'

// Answers from indexes, beside the thread that fills them. Started by search-worker.ts.

const embedders = threadEmbedders((call) => thread.send(call))
const readers = new Map<string, IndexReader>()

function readerOf({ path }: OpenIndex): IndexReader | null {
  const open = readers.get(path) ?? openIndexReader(path)
  if (open) readers.set(path, open)
  return open
}

const noGraph: IndexGraph = { nodes: [], edges: [], truncated: false }
const noReport: SourceReport = {
  byKind: [],
  withoutText: 0,
  orphans: [],
  unresolvedLinks: [],
  duplicates: [],
  stale: [],
  boilerplate: []
}

const readsFor = (signal: AbortSignal): IndexReads => ({
  async search(index, request) {
    const reader = readerOf(index)
    return reader ? reader.search(request, embedders.of(index.embedder), signal) : null
  },
  files: (index, query) => readerOf(index)?.files(query) ?? [],
  parts: (index, query) => readerOf(index)?.parts(query) ?? { folders: [], tags: [] },
  document: (index, path) => readerOf(index)?.document(path) ?? null,
  expand: (index, path, start, budgetTokens) => readerOf(index)?.expand(path, start, budgetTokens) ?? null,
  related: (index, path, limit) => readerOf(index)?.related(path, limit) ?? [],
  graph: (index, path, depth, limit) => readerOf(index)?.graph(path, depth, limit) ?? noGraph,
  report: (index) => readerOf(index)?.report() ?? noReport,
  stats: (index) => readerOf(index)?.stats() ?? null,
  measure: (folder) => measureFolder(folder, signal),
  forget(path) {
    readers.get(path)?.close()
    readers.delete(path)
  }
})

const thread = answerCalls(readsFor, {
  // all that is sent beside calls are vectors that were asked for
  onNote: (answer) => embedders.answered(answer as EmbedAnswer),
  onClose() {
    for (const reader of readers.values()) reader.close()
  }
})
