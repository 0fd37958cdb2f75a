import type { CallLabels, TraceSummary } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { ReceivedCall, ReceivedSpan, SpanBatch } from './span-batch.ts'
import { type OutlinedSpan, SpanOutline } from './span-outline.ts'
import { newTraceIdAt } from './trace-id-time.ts'

/** Spans of one trace; what comes after is left out. */
const MAX_SPANS = 100_000
const TITLE_CHARS = 120
/** Calls cost nothing before the first of them has come. */
const nothing: Cost = { kind: 'free' }

/** What a batch brought. */
export interface Taken {
  /** Those that had not come before. */
  spans: ReceivedSpan[]
  /** Left out: the trace is full. */
  dropped: number
  /** What the trace asked and was answered as a whole, where that is now something else. */
  request: string | null
  response: string | null
}

/** A trace of another program, summed up again with every batch of its spans. */
export class ReceivedTrace {
  readonly #outline = new SpanOutline()
  #summary: TraceSummary
  #hasRequest = false
  /** That the answer is that of the outermost span; until then it is the latest one. */
  #isAnswered = false

  private constructor(summary: TraceSummary) {
    this.#summary = summary
  }

  /** A trace that begins with this batch. `now` is in milliseconds UTC: a clock that is ahead does not put it ahead of others. */
  static begin({ app, spans }: SpanBatch, now: number): ReceivedTrace {
    const [first] = spans
    const startedAt = Math.min(first ? Math.floor(first.span.startUs / 1000) : now, now)
    return new ReceivedTrace(emptySummary(newTraceIdAt(startedAt), app))
  }

  /** One of which some spans have been kept. */
  static goOn(summary: TraceSummary, kept: readonly OutlinedSpan[]): ReceivedTrace {
    const trace = new ReceivedTrace(summary)
    // the library's span ends before the framework's that is above it
    const byEnd = kept.toSorted((a, b) => a.startUs + a.durationUs - b.startUs - b.durationUs)
    for (const span of byEnd) trace.#outline.add(span)
    trace.#hasRequest = true
    trace.#isAnswered = kept.some(({ parentId }) => parentId === null)
    return trace
  }

  get summary(): TraceSummary {
    return this.#summary
  }

  get size(): number {
    return this.#outline.size
  }

  take({ spans }: Pick<SpanBatch, 'spans'>): Taken {
    const taken: Taken = { spans: [], dropped: 0, request: null, response: null }
    for (const received of spans) {
      if (this.#outline.has(received.span.id)) continue
      if (this.#outline.size >= MAX_SPANS) taken.dropped += 1
      else {
        taken.spans.push(received)
        this.#takeOne(received, taken)
      }
    }
    const { startUs, durationUs, firstTokenUs } = this.#outline
    this.#summary = {
      ...this.#summary,
      startedAt: Math.floor(startUs / 1000),
      durationMs: durationUs / 1000,
      firstTokenMs: firstTokenUs && firstTokenUs / 1000
    }
    return taken
  }

  #takeOne(received: ReceivedSpan, taken: Taken): void {
    const { span, call, request, response } = received
    const { isOutermost, counts } = this.#outline.add(span)
    this.#summary = {
      ...this.#summary,
      labels: joinLabels(this.#summary.labels, received.labels),
      ...(call && counts && withCall(this.#summary, call)),
      ...(isOutermost && outermostFields(received))
    }
    if (request !== null && (isOutermost || !this.#hasRequest)) {
      taken.request = request
      this.#hasRequest = true
    }
    if (response !== null && (isOutermost || !this.#isAnswered)) {
      taken.response = response
      this.#isAnswered = isOutermost && span.parentId === null
    }
  }
}

const emptySummary = (id: string, app: string): TraceSummary => ({
  id,
  startedAt: 0,
  durationMs: 0,
  firstTokenMs: null,
  status: 'ok',
  app,
  dialect: 'otlp',
  model: '',
  providerId: null,
  providerModel: null,
  cache: null,
  savedNanoUsd: null,
  title: '',
  usage: null,
  cost: nothing,
  stream: false,
  errorMessage: null,
  labels: { feature: null, project: null, session: null, tags: [] },
  score: null,
  source: 'otlp'
})

const outermostFields = ({ span, question }: ReceivedSpan) => ({
  status: span.status,
  errorMessage: span.status === 'error' ? (span.note ?? 'The program reported an error.') : null,
  title: (question ?? span.name).replace(/\s+/g, ' ').trim().slice(0, TITLE_CHARS).toWellFormed()
})

/** The first call says which model it was. */
const withCall = (
  { model, providerId, providerModel, usage, cost }: TraceSummary,
  call: ReceivedCall
): Partial<TraceSummary> => ({
  model: model || call.model,
  providerId: model === '' ? call.provider : providerId,
  providerModel: model === '' ? call.providerModel : providerModel,
  usage: addUsage(usage, call.usage),
  cost: addCost(cost, call.cost, model === '')
})

function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b
  return { input: addCounts(a.input, b.input), output: addCounts(a.output, b.output) }
}

function addCounts<T extends Record<string, number | undefined>>(a: T, b: T): T {
  const sums: Record<string, number> = {}
  for (const [name, count] of [...Object.entries(a), ...Object.entries(b)])
    sums[name] = (sums[name] ?? 0) + (count ?? 0)
  // proven: the members of both, and nothing else
  return sums as T
}

/** What is not known of one call is not known of all together. */
function addCost(a: Cost, b: Cost, isFirst: boolean): Cost {
  if (isFirst) return b
  if (a.kind === 'unknown' || b.kind === 'unknown') return { kind: 'unknown' }
  if (a.kind === 'free') return b
  if (b.kind === 'free') return a
  const source = a.source.split('; ').includes(b.source) ? a.source : `${a.source}; ${b.source}`
  return { kind: 'priced', nanoUsd: a.nanoUsd + b.nanoUsd, source }
}

/** What was said first stays. */
const joinLabels = (a: CallLabels | undefined, b: CallLabels): CallLabels => ({
  feature: a?.feature ?? b.feature,
  project: a?.project ?? b.project,
  session: a?.session ?? b.session,
  tags: [...new Set([...(a?.tags ?? []), ...b.tags])]
})
