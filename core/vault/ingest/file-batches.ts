import type { ScannedFile } from '../folder/scan.ts'
import type { FileIndexer, Indexed, PendingFiles } from './file-indexer.ts'
import { ReadingOrder } from './reading-order.ts'

/** Files of the first transaction, which are to be found at once; each later one takes several times as many. */
const FIRST_FILES = 20
const GROWTH = 4
/** At most so many files and so many bytes: a second's work, and what memory holds of it. */
const MOST_FILES = 1000
const MOST_BYTES = 3_000_000
/** Files that are not read after this time are listed as waiting. */
const LIST_WAITING_MS = 10_000

/** Reads files into the index, a transaction a batch; the next batch is read while one is written. */
export class FileBatches {
  readonly #files: FileIndexer
  readonly #waiting = new ReadingOrder()
  #ahead: PendingFiles | null = null
  #most = FIRST_FILES
  /** Files that were just found, and since when they wait without being listed. */
  #unlisted: ScannedFile[] = []
  #unlistedSince = 0

  constructor(files: FileIndexer) {
    this.#files = files
  }

  get isEmpty(): boolean {
    return this.#ahead === null && this.#waiting.size === 0
  }

  /** A batch is being read that has to be put before anything else changes: it shows files as they were. */
  get isReading(): boolean {
    return this.#ahead !== null
  }

  /** `unknown` are those of them that are not in the index. */
  add(files: readonly ScannedFile[], unknown: readonly ScannedFile[]): void {
    if (this.#unlisted.length === 0) this.#unlistedSince = performance.now()
    this.#unlisted.push(...unknown)
    this.#waiting.add(files)
  }

  delete(path: string): void {
    this.#waiting.delete(path)
  }

  /** Puts the next batch into the index. `mayReadAhead`: nothing else is to be done before the one after it. */
  async next(mayReadAhead: boolean): Promise<Indexed & { count: number }> {
    if (this.#unlisted.length > 0 && performance.now() - this.#unlistedSince > LIST_WAITING_MS) {
      await this.#files.listWaiting(this.#unlisted)
      this.#unlisted = []
    }
    const batch = this.#ahead ?? this.#files.read(this.#take())
    this.#ahead = null
    await batch.readings
    this.#ahead = mayReadAhead && this.#waiting.size > 0 ? this.#files.read(this.#take()) : null
    const indexed = await this.#files.put(batch)
    this.#waiting.linked(indexed.linked)
    if (this.isEmpty) {
      this.#unlisted = []
      this.#most = FIRST_FILES
    }
    return { ...indexed, count: batch.files.length }
  }

  #take(): ScannedFile[] {
    const batch: ScannedFile[] = []
    let bytes = 0
    while (batch.length < this.#most && bytes < MOST_BYTES) {
      const file = this.#waiting.take()
      if (!file) break
      batch.push(file)
      bytes += file.bytes
    }
    this.#most = Math.min(this.#most * GROWTH, MOST_FILES)
    return batch
  }
}
