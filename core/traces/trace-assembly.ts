import type { TraceSummary } from '../contract/traces.ts'
import { ReceivedTrace } from './received-trace.ts'
import type { ReceivedTraceRepository } from './received-trace-repository.ts'
import type { SpanBatch } from './span-batch.ts'

/** Of traces whose spans are remembered, so that more of them can come without reading: some 50 MB at most. */
const REMEMBERED_SPANS = 200_000

export interface ReceivedBatch {
  summary: TraceSummary
  /** Spans that were left out because the trace has as many as can be kept. */
  dropped: number
  /** Nothing of it had come before. */
  isNew: boolean
}

interface OpenTrace {
  trace: ReceivedTrace
  /** Batches on their way. */
  writing: number
}

/** Puts the spans of other programs together to traces, in whichever order and pieces they come. */
export class TraceAssembly {
  readonly #repository: ReceivedTraceRepository
  /** By app key and trace id, those longest without a new span first. */
  readonly #open = new Map<string, OpenTrace>()

  constructor(repository: ReceivedTraceRepository) {
    this.#repository = repository
  }

  /** Resolves when the batch is written. Spans that had come before change nothing. */
  async append(batch: SpanBatch): Promise<ReceivedBatch> {
    const { otelTraceId, callerId } = batch
    const key = `${otelTraceId} ${callerId}`
    const known = this.#open.get(key) ?? this.#found(otelTraceId, callerId)
    const open = known ?? { trace: ReceivedTrace.begin(batch, Date.now()), writing: 0 }
    this.#open.delete(key)
    this.#open.set(key, open)
    const taken = open.trace.take(batch)
    const { summary } = open.trace
    open.writing += 1
    try {
      if (taken.spans.length > 0) await this.#repository.write(batch, open.trace, taken, known === null)
    } catch (error) {
      // what is kept is read again with the next batch: the program sends this one once more
      if (this.#open.get(key) === open) this.#open.delete(key)
      throw error
    } finally {
      open.writing -= 1
      this.#forgetOldest()
    }
    return { summary, dropped: taken.dropped, isNew: known === null }
  }

  #found(otelTraceId: string, callerId: string): OpenTrace | null {
    const trace = this.#repository.find(otelTraceId, callerId)
    return trace && { trace, writing: 0 }
  }

  /** Not those with writes under way: what is read of them would be too old. */
  #forgetOldest(): void {
    let remembered = 0
    for (const { trace } of this.#open.values()) remembered += trace.size
    for (const [key, { trace, writing }] of this.#open) {
      if (remembered <= REMEMBERED_SPANS) return
      if (writing > 0) continue
      this.#open.delete(key)
      remembered -= trace.size
    }
  }
}
