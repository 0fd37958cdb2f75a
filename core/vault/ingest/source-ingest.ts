import { statSync } from 'node:fs'
import { HomeportError, isAbort } from '../../errors/homeport-error.ts'
import type { IndexWriter } from '../../retrieval/knowledge-index.ts'
import { changesOf } from '../folder/changes.ts'
import { folderRules } from '../folder/folder-rules.ts'
import { nextTurn, type Scan, scanFolder, scanPaths } from '../folder/scan.ts'
import { FileBatches } from './file-batches.ts'
import { FileIndexer } from './file-indexer.ts'
import type { IngestStatus, IngestTask } from './ingest-messages.ts'
import { MissingVectors } from './missing-vectors.ts'
import { Pace } from './pace.ts'
import { indexingProblemOf } from './problem.ts'
import type { ReadFiles } from './read-files.ts'

export interface SourceIngestOptions {
  task: IngestTask
  writer: IndexWriter
  /** Chunks that get their vectors at a time. */
  embedBatch: number
  read: ReadFiles
  /** Told of every change of state, and of progress some times a second. */
  onStatus(status: IngestStatus): void
}

/** Work that may wait is done in steps of this length. */
const STEP_MS = 50
/** A file that was being written is looked at again after this time. */
const SETTLE_MS = 500
/** Between two steps that are told of. */
const TELL_MS = 500

/**
 * Keeps one index in agreement with its folder. Works in short steps, the most urgent first: what changed is looked at, then
 * read, then gets its vectors. What a kill leaves behind is found by the next look at the whole folder.
 */
export class SourceIngest {
  readonly #options: SourceIngestOptions
  readonly #files: FileIndexer
  readonly #batches: FileBatches
  readonly #vectors: MissingVectors
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  /** Paths as the file system spells them. */
  #toLook = new Set<string>()
  #lookAtAll = false
  #wake = (): void => {}
  #pace: Pace | null = null
  #state: IngestStatus['state'] = 'ready'
  #problem: string | null = null
  #toldAt = 0
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
        if ('total' in progress) this.#begin('embedding', progress.total)
        else this.#pace?.left(progress.left)
        this.#tell()
      }
    })
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
        this.#settle(isMissing ? 'missing' : 'failed', indexingProblemOf(error))
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
        if (this.#state === 'indexing') this.#settle('failed', problem)
        return false
      }
      // changes do not wait for a model that takes its time
      await Promise.race([this.#vectors.next(), work])
      return true
    }
    if (this.#state !== 'indexing') return false
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
    else this.#state = 'indexing'
    const rules = folderRules(task)
    const scan = await (paths
      ? scanPaths(task.folder, paths, rules, signal)
      : scanFolder(task.folder, rules, signal))
    if (paths === null) this.#refuseEmpty(scan)
    const changes = changesOf(this.#files.known, scan, paths?.map((path) => path.normalize('NFC')) ?? null)
    await this.#files.expect(changes)
    for (const { path } of changes.gone) this.#batches.delete(path)
    if (changes.toRead.length === 0) return
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
    this.#pace?.did(count)
    this.#tell()
  }

  #begin(step: Pace['step'], total: number): void {
    if (this.#pace?.step === step) this.#pace.more(total)
    else this.#pace = new Pace(step, total)
    if (step !== 'embedding') this.#vectors.forgetCount()
    this.#state = 'indexing'
    this.#problem = null
    this.#tell('now')
  }

  /** Only here the folder and the index agree, to the last vector. */
  #finish(): void {
    this.#options.writer.markComplete(Date.now())
    this.#settle('ready', null)
  }

  #settle(state: IngestStatus['state'], problem: string | null): void {
    this.#state = state
    this.#problem = problem
    this.#pace = null
    this.#tell('now')
  }

  #lookLater(diskPaths: readonly string[]): void {
    const timer = setTimeout(() => {
      this.#settling.delete(timer)
      this.look(diskPaths)
    }, SETTLE_MS)
    this.#settling.add(timer)
  }

  #tell(when: 'now' | 'soon' = 'soon'): void {
    const { task, writer } = this.#options
    const now = performance.now()
    if (when === 'soon' && now - this.#toldAt < TELL_MS) return
    this.#toldAt = now
    this.#options.onStatus({
      key: task.key,
      state: this.#state,
      problem: this.#problem,
      progress: this.#pace?.progress() ?? null,
      stats: writer.stats(),
      indexBytes: sizeOf(task.indexPath)
    })
  }
}

const sizeOf = (path: string): number =>
  [path, `${path}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
