import { entryUrl } from '../../lib/entry-url.ts'
import { createIdleThread } from '../../threads/idle-thread.ts'
import type { FileReading, FilesToRead } from './read-files.ts'

/** The thread and its embedder take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 5000

/** Reads files on a thread of its own, which is there while files are read. */
export interface ReadingThread {
  /** Work is about to come: the thread starts meanwhile. */
  prepare(embeds: boolean): void
  /** The thread is on its way, and whoever asks it now waits for that. */
  readonly isStarting: boolean
  /** As `readFiles` does; `embeds`: with vectors of the built-in embedder. Throws `unavailable` when the thread ends. */
  read(asked: FilesToRead, embeds: boolean): Promise<FileReading[]>
  /** Ends it. What is under way fails. */
  close(): Promise<void>
}

const nothing: FilesToRead = { folder: '', files: [], gone: new Set() }

export function createReadingThread(): ReadingThread {
  const thread = createIdleThread<Pick<ReadingThread, 'read'>>({
    entry: entryUrl(import.meta.url, '../reading.worker.ts'),
    name: 'reading',
    idleMs: IDLE_MS,
    words: { failed: 'The files could not be read', interrupted: 'Reading files was interrupted' }
  })
  const read: ReadingThread['read'] = (asked, embeds) => thread.call('read', [asked, embeds])
  let isStarting = false
  return {
    prepare(embeds) {
      isStarting = true
      // what goes wrong is told to the first that has something to read
      void read(nothing, embeds)
        .catch(() => {})
        .finally(() => {
          isStarting = false
        })
    },
    get isStarting() {
      return isStarting
    },
    read,
    close: thread.terminate
  }
}
