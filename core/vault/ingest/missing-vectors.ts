import type { IndexWriter } from '../../retrieval/knowledge-index.ts'
import { problemOf } from './problem.ts'

/** After this time an embedder that failed is asked again. */
const REST_MS = 60_000

export interface MissingVectorsOptions {
  writer: Pick<IndexWriter, 'embedNext' | 'stats'>
  /** Chunks that get their vectors at a time. */
  batch: number
  signal: AbortSignal
  /** The embedder may be asked again. */
  onRested(): void
  /** So many chunks had none when it was asked first, or have none still. */
  onProgress(progress: { total: number } | { left: number }): void
}

/** Gives vectors to chunks that have none, one call at a time; rests after a failure. */
export class MissingVectors {
  readonly #options: MissingVectorsOptions
  #underWay: Promise<void> | null = null
  /** Whether the embedder is in the middle of a run that was told of. */
  #isCounted = false
  #mayBeSome = true
  #problem = ''
  #restsUntil = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: MissingVectorsOptions) {
    this.#options = options
  }

  get mayBeSome(): boolean {
    return this.#mayBeSome || this.#underWay !== null
  }

  /** Why nothing is asked of the embedder now; null where it may be asked. */
  get problem(): string | null {
    return Date.now() < this.#restsUntil ? this.#problem : null
  }

  /** Chunks came in, or changed. */
  expect(): void {
    this.#mayBeSome = true
  }

  /** Other work was told of meanwhile. */
  forgetCount(): void {
    this.#isCounted = false
  }

  askAgain(): void {
    this.#restsUntil = 0
  }

  /** The next call, or the one under way. Never rejects. */
  next(): Promise<void> {
    this.#underWay ??= this.#embed().finally(() => {
      this.#underWay = null
    })
    return this.#underWay
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#underWay
  }

  async #embed(): Promise<void> {
    const { writer, batch, signal, onProgress, onRested } = this.#options
    if (!this.#isCounted) {
      const total = writer.stats().chunksWithoutVector
      this.#mayBeSome = total > 0
      if (total === 0) return
      this.#isCounted = true
      onProgress({ total })
    }
    try {
      const left = await writer.embedNext(batch, signal)
      this.#mayBeSome = left > 0
      onProgress({ left })
    } catch (error) {
      if (signal.aborted) return
      this.#problem = problemOf(error, 'The embedder could not be asked for vectors.')
      this.#restsUntil = Date.now() + REST_MS
      clearTimeout(this.#timer)
      this.#timer = setTimeout(onRested, REST_MS)
    }
  }
}
