import { entryUrl } from '../../lib/entry-url.ts'
import { createIdleThread } from '../../threads/idle-thread.ts'
import type { FileReading, FilesToRead } from './read-files.ts'

/** The thread and its embedder take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 5000

/** What the thread does. `embeds`: with vectors of the built-in embedder. */
export interface ReadingCalls {
  /** Reads what embedding takes. */
  prepare(embeds: boolean): void
  /** As `readFiles` does. */
  read(asked: FilesToRead, embeds: boolean): Promise<FileReading[]>
}

/** Reads files on a thread of its own, which is there while files are read. */
export interface ReadingThread extends ReadingCalls {
  /** Work is about to come: the thread starts meanwhile. */
  prepare(embeds: boolean): void
  /** It is there, or on its way. */
  readonly isRunning: boolean
  /** Throws `unavailable` when the thread ends. */
  read(asked: FilesToRead, embeds: boolean): Promise<FileReading[]>
  /** Ends it. What is under way fails. */
  close(): Promise<void>
}

export function createReadingThread(): ReadingThread {
  const thread = createIdleThread<ReadingCalls>({
    entry: entryUrl(import.meta.url, '../reading.worker.ts'),
    name: 'reading',
    idleMs: IDLE_MS,
    words: { failed: 'The files could not be read', interrupted: 'Reading files was interrupted' }
  })
  return {
    prepare(embeds) {
      // what goes wrong is told to the first that has something to read
      thread.call('prepare', [embeds]).catch(() => {})
    },
    get isRunning() {
      return thread.isRunning
    },
    read: (asked, embeds) => thread.call('read', [asked, embeds]),
    close: thread.terminate
  }
}
