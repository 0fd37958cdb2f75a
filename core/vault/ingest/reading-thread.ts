import { entryUrl } from '../../lib/entry-url.ts'
import { createIdleThread } from '../../threads/idle-thread.ts'
import type { FileReading, FilesToRead } from './read-files.ts'

/** The thread and its embedder take some 100 MB, and are back within a quarter of a second. */
const IDLE_MS = 5000

/** Reads files on a thread of its own, which is there while files are read. */
export interface ReadingThread {
  /** Work is about to come: the thread starts meanwhile. */
  prepare(embeds: boolean): void
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
  return {
    // what goes wrong is told to the first that has something to read
    prepare: (embeds) => void read(nothing, embeds).catch(() => {}),
    read,
    close: thread.terminate
  }
}
