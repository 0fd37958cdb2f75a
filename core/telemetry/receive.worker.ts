import { answerCalls } from '../threads/answer-calls.ts'
import { readSpans } from './receive-spans.ts'
import type { SpanReads } from './receive-worker.ts'

// Reads exports, which takes longer than the daemon's thread should be held. Started by receive-worker.ts.

const reads: SpanReads = {
  read({ body, ...sent }) {
    return readSpans({ ...sent, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) })
  }
}

answerCalls(() => reads)
