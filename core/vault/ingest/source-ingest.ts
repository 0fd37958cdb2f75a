import { HomeportError, isAbort } from '../../errors/homeport-error.ts'
import type { IndexWriter } from '../../retrieval/knowledge-index.ts'
import { changesOf } from '../folder/changes.ts'
import { folderRules } from '../folder/folder-rules.ts'
import { nextTurn, type Scan, scanFolder, scanPaths } from '../folder/scan.ts'
import { FileBatches } from './file-batches.ts'
import { FileIndexer } from './file-indexer.ts'
import type { IngestTask } from './ingest-messages.ts'
import { IngestStanding, type IngestStandingOptions } from './ingest-standing.ts'
import { MissingVectors } from './missing-vectors.ts'
import { indexingProblemOf } from './problem.ts'
import type { ReadFiles } from './read-files.ts'

export interface SourceIngestOptions extends Pick<IngestStandingOptions, 'onStatus'> {
  task: IngestTask
  writer: IndexWriter
  /** Chunks that get their vectors at a time. */
  embedBatch: number
  read: ReadFiles
  /** Told how many files are about to be read. */
  onToRead(count: number): void
}

/** Work that may wait is done in steps of this length. */
const STEP_MS = 50
/** A file that was being written is looked at again after this time. */
const SETTLE_MS = 500

/**
 * Keeps one index in agreement with its folder. Works in short steps, the most urgent first: what changed is looked at, then
 * read, then gets its vectors. What a kill leaves behind is found by the next look at the whole folder.
 */
export class SourceIngest {
  readonly #options: SourceIngestOptions
  readonly #files: FileIndexer
  readonly #batches: FileBatches
  readonly #vectors: MissingVectors
  readonly #standing: IngestStanding
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  /** Paths as the file system spells them. */
  #toLook = new Set<string>()
  #lookAtAll = false
  #wake = (): void => {}
  readonly #settling = new Set<NodeJS.Timeout>()

  constructor(options: SourceIngestOptions) {
    this.#options = options
    const { task, writer, read, embedBatch } = options
    this.#files = new FileIndexer({ folder: task.folder, writer, read })
    this.#batches = new FileBatches(this.#files)
    this.#vectors = new MissingVectors({
      writer,
      batch: embedBatch,
      signal: this.#stop.signal,
      onRested: () => this.look([]),
      onProgress: (progress) => {
        if ('total' in progress) this.#standing.begin('embedding', progress.total)
        else this.#standing.left(progress.left)
      }
    })
    this.#standing = new IngestStanding(options)
    this.#running = this.#run()
  }

  /** Something happened at these paths; null: anywhere in the folder. */
  look(diskPaths: readonly string[] | null): void {
    if (diskPaths === null) {
      this.#lookAtAll = true
      this.#vectors.askAgain()
    } else for (const path of diskPaths) this.#toLook.add(path)
    this.#wake()
  }

  /** Waits for the step under way. */
  async close(): Promise<void> {
    this.#stop.abort()
    for (const timer of this.#settling) clearTimeout(timer)
    this.#wake()
    await this.#running
    await this.#vectors.close()
    this.#options.writer.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const work = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      try {
        if (await this.#step(work)) await nextTurn()
        else if (!signal.aborted) await work
      } catch (error) {
        if (isAbort(error)) return
        const isMissing = error instanceof HomeportError && error.code === 'not-found'
        this.#standing.settle(isMissing ? 'missing' : 'failed', indexingProblemOf(error))
        // what was lost with the step is found again
        this.#lookAtAll = true
        await work
      }
    }
  }

  /** Does the most urgent thing. False where there is nothing to do. */
  async #step(work: Promise<void>): Promise<boolean> {
    const { writer } = this.#options
    const mustLook = this.#lookAtAll || this.#toLook.size > 0
    if (this.#batches.isReading || (!mustLook && !this.#batches.isEmpty)) {
      await this.#read(!mustLook)
      return true
    }
    if (mustLook) {
      await this.#look()
      return true
    }
    await this.#files.forgetGone()
    if (this.#vectors.mayBeSome) {
      const { problem } = this.#vectors
      if (problem !== null) {
        if (this.#standing.isIndexing) this.#standing.settle('failed', problem)
        return false
      }
      // changes do not wait for a model that takes its time
      await Promise.race([this.#vectors.next(), work])
      return true
    }
    if (!this.#standing.isIndexing) return false
    if (writer.maintain(STEP_MS)) {
      this.#vectors.expect()
      return true
    }
    // what is still being written is about to be looked at again
    if (this.#settling.size === 0) this.#finish()
    return false
  }

  async #look(): Promise<void> {
    const { task } = this.#options
    const { signal } = this.#stop
    const paths = this.#lookAtAll ? null : [...this.#toLook]
    this.#lookAtAll = false
    this.#toLook = new Set()
    if (paths === null) this.#begin('scanning', 0)
    else this.#standing.wake()
    const rules = folderRules(task)
    const scan = await (paths
      ? scanPaths(task.folder, paths, rules, signal)
      : scanFolder(task.folder, rules, signal))
    if (paths === null) this.#refuseEmpty(scan)
    const changes = changesOf(this.#files.known, scan, paths?.map((path) => path.normalize('NFC')) ?? null)
    await this.#files.expect(changes)
    for (const { path } of changes.gone) this.#batches.delete(path)
    if (changes.toRead.length === 0) return
    this.#options.onToRead(changes.toRead.length)
    this.#batches.add(changes.toRead, changes.unknown)
    this.#begin('reading', changes.toRead.length)
  }

  /** What an unmounted drive leaves behind is an empty folder: nobody deleted all of their notes. */
  #refuseEmpty(scan: Scan): void {
    if (scan.isEmpty && this.#files.known.size > 0)
      throw new HomeportError('not-found', 'The folder is empty, so its drive may not be connected', {
        action: 'Connect it; to forget what was in the folder, remove it here'
      })
  }

  async #read(mayReadAhead: boolean): Promise<void> {
    const { count, changing } = await this.#batches.next(mayReadAhead)
    this.#vectors.expect()
    if (changing.length > 0) this.#lookLater(changing)
    this.#standing.did(count)
  }

  #begin(step: 'scanning' | 'reading', total: number): void {
    this.#vectors.forgetCount()
    this.#standing.begin(step, total)
  }

  /** Only here the folder and the index agree, to the last vector. */
  #finish(): void {
    this.#options.writer.markComplete(Date.now())
    this.#standing.settle('ready', null)
  }

  #lookLater(diskPaths: readonly string[]): void {
    const timer = setTimeout(() => {
      this.#settling.delete(timer)
      this.look(diskPaths)
    }, SETTLE_MS)
    this.#settling.add(timer)
  }
}
