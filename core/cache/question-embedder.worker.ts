import { parentPort } from 'node:worker_threads'
import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import type { EmbedCall, EmbedReply } from './question-embedder.ts'

// Word vectors take 50 ms to load and 70 MB to hold, neither of them in the daemon's thread. Started by question-embedder.ts.

if (!parentPort) throw new Error('question-embedder.worker runs as a worker thread')
const port = parentPort
const embedder = openBuiltInEmbedder()
const { signal } = new AbortController()

port.on('message', async ({ id, texts }: EmbedCall) => {
  const vectors = await embedder.embed(texts, 'query', signal)
  // all lie in one buffer
  port.postMessage({ id, vectors: vectors.map((vector) => vector.slice()) } satisfies EmbedReply)
})
