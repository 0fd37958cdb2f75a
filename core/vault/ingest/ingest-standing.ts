import { statSync } from 'node:fs'
import type { IndexWriter } from '../../retrieval/knowledge-index.ts'
import type { IngestStatus, IngestTask } from './ingest-messages.ts'
import { Pace, type Progress } from './pace.ts'

/** Between two steps that are told of. */
const TELL_MS = 500

export interface IngestStandingOptions {
  task: IngestTask
  writer: Pick<IndexWriter, 'stats'>
  /** Told of every change of state, and of progress some times a second. */
  onStatus(status: IngestStatus): void
}

/** How far indexing one folder is, as others are told. */
export class IngestStanding {
  readonly #options: IngestStandingOptions
  #pace: Pace | null = null
  #state: IngestStatus['state'] = 'ready'
  #problem: string | null = null
  #toldAt = 0

  constructor(options: IngestStandingOptions) {
    this.#options = options
  }

  get isIndexing(): boolean {
    return this.#state === 'indexing'
  }

  /** There is something to do; nobody is told before it is known what. */
  wake(): void {
    this.#state = 'indexing'
  }

  /** So much of a step is to be done, or so much more of the one under way. */
  begin(step: Progress['step'], total: number): void {
    if (this.#pace?.step === step) this.#pace.more(total)
    else this.#pace = new Pace(step, total)
    this.#state = 'indexing'
    this.#problem = null
    this.#tell()
  }

  did(count: number): void {
    this.#pace?.did(count)
    this.#tellSometimes()
  }

  /** The same, by what is still to do. */
  left(count: number): void {
    this.#pace?.left(count)
    this.#tellSometimes()
  }

  settle(state: IngestStatus['state'], problem: string | null): void {
    this.#state = state
    this.#problem = problem
    this.#pace = null
    this.#tell()
  }

  #tellSometimes(): void {
    if (performance.now() - this.#toldAt >= TELL_MS) this.#tell()
  }

  #tell(): void {
    const { task, writer, onStatus } = this.#options
    this.#toldAt = performance.now()
    onStatus({
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
