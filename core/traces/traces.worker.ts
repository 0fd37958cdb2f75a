import { parentPort, workerData } from 'node:worker_threads'
import { openReadable } from '../store/connection.ts'
import { createReader } from '../store/reader.ts'
import { createTraceReads } from './trace-reads.ts'
import type { ReadAnswer, ReadCall, TracesWorkerData } from './trace-worker.ts'

// Reads that take longer than the daemon's thread should be held. Started by trace-worker.ts.

if (!parentPort) throw new Error('traces.worker runs as a worker thread')
const port = parentPort
const { path } = workerData as TracesWorkerData
const connection = openReadable(path)
const reads = createTraceReads(createReader(connection))

port.on('message', (call: ReadCall | 'close') => {
  if (call === 'close') {
    connection.close()
    port.close()
    return
  }
  port.postMessage(answerTo(call))
})

function answerTo({ id, name, args }: ReadCall): ReadAnswer {
  try {
    // who calls knows the arguments of the read it names
    const read = reads[name] as (...args: unknown[]) => unknown
    return { id, ok: true, value: read(...args) }
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
