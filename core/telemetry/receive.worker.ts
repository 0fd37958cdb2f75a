import { parentPort } from 'node:worker_threads'
import { HomeportError } from '../errors/homeport-error.ts'
import { readSpans } from './receive-spans.ts'
import type { ReadAnswer, ReadCall } from './receive-worker.ts'

// Reads exports, which takes longer than the daemon's thread should be held. Started by receive-worker.ts.

if (!parentPort) throw new Error('receive.worker runs as a worker thread')
const port = parentPort

port.on('message', (call: ReadCall | 'close') => {
  if (call === 'close') port.close()
  else port.postMessage(answerTo(call))
})

function answerTo({ id, sent }: ReadCall): ReadAnswer {
  try {
    const { buffer, byteOffset, length } = sent.body
    return { id, ok: true, read: readSpans({ ...sent, body: Buffer.from(buffer, byteOffset, length) }) }
  } catch (error) {
    // errors do not survive the way between threads, so they are taken apart
    const isOurs = error instanceof HomeportError
    const message = error instanceof Error ? error.message : String(error)
    return {
      id,
      ok: false,
      code: isOurs ? error.code : 'internal',
      message,
      param: isOurs ? error.param : null
    }
  }
}
