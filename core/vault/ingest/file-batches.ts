import type { ScannedFile } from '../folder/scan.ts'
import type { FileIndexer, Indexed, PendingFiles } from './file-indexer.ts'
import { ReadingOrder } from './reading-order.ts'

/** Files of the first transaction, which are to be found at once; each later one takes several times as many. */
const FIRST_FILES = 20
const GROWTH = 4
/** At most so many files and so many bytes: a second's work, and what memory holds of it. */
const MOST_FILES = 1000
const MOST_BYTES = 3_000_000
/** Batches that are read while one is written: then neither waits for the other where one of them takes longer. */
const READ_AHEAD = 2
/** Files that are not read after this time are listed as waiting. */
const LIST_WAITING_MS = 10_000

/** Reads files into the index, a transaction a batch; the next ones are read while one is written. */
export class FileBatches {
  readonly #files: FileIndexer
  readonly #waiting = new ReadingOrder()
  readonly #ahead: PendingFiles[] = []
  #most = FIRST_FILES
  /** Files that were just found, and since when they wait without being listed. */
  #unlisted: ScannedFile[] = []
  #unlistedSince = 0

  constructor(files: FileIndexer) {
    this.#files = files
  }

  get isEmpty(): boolean {
    return this.#ahead.length === 0 && this.#waiting.size === 0
  }

  /** Some are being read that have to be put before anything else changes: they show files as they were. */
  get isReading(): boolean {
    return this.#ahead.length > 0
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

  /** Puts the next batch into the index. `mayReadAhead`: nothing else is to be done before those after it. */
  async next(mayReadAhead: boolean): Promise<Indexed & { count: number }> {
    if (this.#unlisted.length > 0 && performance.now() - this.#unlistedSince > LIST_WAITING_MS) {
      await this.#files.listWaiting(this.#unlisted)
      this.#unlisted = []
    }
    const batch = this.#ahead.shift() ?? this.#files.read(this.#take())
    await batch.readings
    while (mayReadAhead && this.#ahead.length < READ_AHEAD && this.#waiting.size > 0)
      this.#ahead.push(this.#files.read(this.#take()))
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
