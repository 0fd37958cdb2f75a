import { availableParallelism, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Embedder } from '../retrieval/embedder.ts'
import { openIndexWriter } from '../retrieval/index-writer.ts'
import type { FromIngest, IngestTask, ToIngest } from './ingest/ingest-messages.ts'
import { indexingProblemOf } from './ingest/problem.ts'
import { type ReadFiles, readFiles } from './ingest/read-files.ts'
import { createReadingThread } from './ingest/reading-thread.ts'
import { SourceIngest } from './ingest/source-ingest.ts'
import { threadEmbedders } from './ingest/thread-embedders.ts'

// Brings folders into their indexes. Started by ingest-worker.ts.

if (!parentPort) throw new Error('ingest.worker runs as a worker thread')
const port = parentPort
const send = (message: FromIngest): void => port.postMessage(message)
const embedders = threadEmbedders(send)
const open = new Map<string, SourceIngest>()
const reading = createReadingThread()
/** Fewer files than this are read sooner than another thread is there. */
const MANY_FILES = 100
const hasCoreToSpare = availableParallelism() > 1

// on Linux a priority is the thread's own; elsewhere it would slow the whole daemon
if (process.platform === 'linux') setPriority(19)

const readWith =
  (embedder: Embedder): ReadFiles =>
  (asked) =>
    reading.isRunning ? reading.read(asked, embedder.embedSync !== undefined) : readFiles(asked, embedder)

function ingestOf(task: IngestTask): SourceIngest {
  const known = open.get(task.key)
  if (known) return known
  const embedder = embedders.of(task.embedder)
  const writer = openIndexWriter({ path: task.indexPath, embedder })
  const prepareReading = (): void => {
    if (hasCoreToSpare) reading.prepare(embedder.embedSync !== undefined)
  }
  if (writer.rebuilt !== null) {
    send({ type: 'renewed', key: task.key })
    // it starts while the folder is looked through
    prepareReading()
  }
  const ingest = new SourceIngest({
    task,
    writer,
    embedBatch: embedder.batch,
    read: readWith(embedder),
    onToRead(count) {
      if (count >= MANY_FILES) prepareReading()
    },
    onStatus: (status) => send({ type: 'status', status })
  })
  open.set(task.key, ingest)
  return ingest
}

function look(task: IngestTask, paths: string[] | null): void {
  try {
    ingestOf(task).look(paths)
  } catch (error) {
    if (error instanceof HomeportError && error.code === 'conflict')
      send({ type: 'other-embedder', key: task.key })
    else send({ type: 'broken', key: task.key, problem: indexingProblemOf(error) })
  }
}

async function drop(key: string): Promise<void> {
  const ingest = open.get(key)
  open.delete(key)
  await ingest?.close()
  send({ type: 'dropped', key })
}

async function close(): Promise<void> {
  await Promise.all([...open.values()].map((ingest) => ingest.close()))
  await reading.close()
  port.close()
}

port.on('message', (message: ToIngest) => {
  if (message.type === 'look') look(message.task, message.paths)
  else if (message.type === 'drop') void drop(message.key)
  else if (message.type === 'close') void close()
  else embedders.answered(message)
})
