import { parentPort } from 'node:worker_threads'
import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import { readFiles } from './ingest/read-files.ts'
import type { ReadAnswer, ReadCall } from './ingest/reading-thread.ts'

// Reads files and takes them apart while the thread that started it writes the index. Started by reading-thread.ts.

if (!parentPort) throw new Error('reading.worker runs as a worker thread')
const port = parentPort
const builtIn = openBuiltInEmbedder()

port.on('message', async ({ id, asked, embeds }: ReadCall) => {
  const readings = await readFiles(asked, embeds ? builtIn : {})
  port.postMessage({ id, readings } satisfies ReadAnswer)
})
