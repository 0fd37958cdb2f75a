import { entryUrl } from '../lib/entry-url.ts'
import { createIdleThread } from '../threads/idle-thread.ts'
import type { ReadSpans, SentSpans } from './receive-spans.ts'

/** A worker takes some 13 MB, and a program that runs sends an export every few seconds. */
const IDLE_MS = 60_000

export interface SpanReads {
  /** Bytes lose their kind on the way between threads. */
  read(sent: Omit<SentSpans, 'body'> & { body: Uint8Array }): ReadSpans
}

/** `readSpans` on another thread. */
export interface SpanReader {
  /** Throws what `readSpans` throws, and `unavailable` when the thread ends meanwhile. */
  read(sent: SentSpans): Promise<ReadSpans>
  /** Exports under way fail. */
  close(): Promise<void>
}

/** Reads exports in a thread that is there while some come in. */
export function createSpanReader(): SpanReader {
  const thread = createIdleThread<SpanReads>({
    entry: entryUrl(import.meta.url, './receive.worker.ts'),
    name: 'receive',
    idleMs: IDLE_MS,
    words: { failed: 'The spans could not be read.', interrupted: 'Reading the spans was interrupted.' }
  })
  return { read: (sent) => thread.call('read', [sent]), close: thread.close }
}
