import { workerData } from 'node:worker_threads'
import { openReadable } from '../store/connection.ts'
import { createReader } from '../store/reader.ts'
import { answerCalls } from '../threads/answer-calls.ts'
import { createTraceReads } from './trace-reads.ts'
import type { TracesWorkerData } from './trace-worker.ts'

// Reads that take longer than the daemon's thread should be held. Started by trace-worker.ts.

const { path } = workerData as TracesWorkerData
const connection = openReadable(path)
const reads = createTraceReads(createReader(connection))

answerCalls(() => reads, { onClose: () => connection.close() })
