import { entryUrl } from '../lib/entry-url.ts'
import { createIdleThread } from '../threads/idle-thread.ts'

/** The worker takes some 80 MB, and is back within 150 ms. */
const IDLE_MS = 60_000
/** A request waits no longer for this: asking its model is no disaster. */
const DEADLINE_MS = 10_000

/** The built-in embedder in a thread of its own, which is there only while it is asked something. */
export interface QuestionEmbedder {
  /** Vectors of length 1, in the texts' order. Throws `unavailable` when the thread breaks off or hangs. */
  embed(texts: readonly string[]): Promise<Float32Array[]>
  /** Ends the thread. What is under way fails. */
  close(): Promise<void>
}

export function createQuestionEmbedder(): QuestionEmbedder {
  const thread = createIdleThread<Pick<QuestionEmbedder, 'embed'>>({
    entry: entryUrl(import.meta.url, './question-embedder.worker.ts'),
    name: 'question-embedder',
    idleMs: IDLE_MS,
    words: {
      failed: 'The questions could not be compared',
      interrupted: 'Comparing questions was interrupted'
    }
  })
  return {
    embed(texts) {
      const late = setTimeout(() => void thread.terminate(), DEADLINE_MS)
      return thread.call('embed', [texts]).finally(() => clearTimeout(late))
    },
    close: thread.terminate
  }
}
