import { parentPort } from 'node:worker_threads'
import type { SourceReport } from '../contract/knowledge.ts'
import { openIndexReader } from '../retrieval/index-reader.ts'
import type { IndexGraph, IndexReader } from '../retrieval/knowledge-index.ts'
import { measureFolder } from './folder/measure-folder.ts'
import { threadEmbedders } from './ingest/thread-embedders.ts'
import type { FromSearch, IndexReads, OpenIndex, ToSearch } from './search/search-calls.ts'

// Answers from indexes, beside the thread that fills them. Started by search-worker.ts.

if (!parentPort) throw new Error('search.worker runs as a worker thread')
const port = parentPort
const send = (message: FromSearch): void => port.postMessage(message)
const embedders = threadEmbedders(send)
const readers = new Map<string, IndexReader>()
const underWay = new Map<number, AbortController>()

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

async function answer({ id, name, args }: Extract<ToSearch, { type: 'call' }>): Promise<void> {
  const stop = new AbortController()
  underWay.set(id, stop)
  try {
    // who calls knows the arguments of the read it names
    const read = readsFor(stop.signal)[name] as (...args: unknown[]) => unknown
    send({ type: 'answer', id, value: await read(...args) })
  } catch (error) {
    send({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  } finally {
    underWay.delete(id)
  }
}

port.on('message', (message: ToSearch) => {
  if (message.type === 'call') void answer(message)
  else if (message.type === 'cancel') underWay.get(message.id)?.abort()
  else if (message.type === 'close') {
    for (const reader of readers.values()) reader.close()
    port.close()
  } else embedders.answered(message)
})
