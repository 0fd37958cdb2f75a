import type { CallLabels, Span, TraceSummary } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { ReadSpans, SentSpans } from './receive-spans.ts'
import type { MappedCall, MappedSpan } from './semantic-span.ts'
import { vendorOf } from './semantic-vendor.ts'

/** Where received spans are kept, trace by trace. */
export interface SpanSink {
  append(batch: SinkBatch): Promise<{ summary: TraceSummary; dropped: number }>
}

export interface SinkBatch {
  otelTraceId: string
  callerId: string
  app: string
  spans: SinkSpan[]
}

interface SinkSpan {
  span: Span
  call: (MappedCall & { cost: Cost }) | null
  labels: CallLabels
  texts: string | null
  request: string | null
  response: string | null
  question: string | null
}

export interface SpanReceiverOptions {
  read(sent: SentSpans): Promise<ReadSpans>
  traces: SpanSink
  /** What a call cost at a time (milliseconds UTC); `vendor` is null where nobody knows whose prices apply. */
  price(vendor: string | null, model: string, usage: Usage, at: number): Cost
  /** Whether prompts and answers are kept, asked for each export. */
  recordBodies(): boolean
  /** Told of every trace that spans came for, after they are written. */
  onTrace(summary: TraceSummary): void
}

/** Takes what the programs of this machine say of themselves. */
export interface SpanReceiver {
  /**
   * Keeps the spans of one export. Resolves when they are written, with what was left out of it and why. Throws
   * `bad-request` and `too-large`.
   */
  receive(
    sent: Omit<SentSpans, 'withTexts'>,
    key: { id: string; name: string }
  ): Promise<{ rejected: number; reason: string | null }>
}

export function createSpanReceiver({
  read,
  traces,
  price,
  recordBodies,
  onTrace
}: SpanReceiverOptions): SpanReceiver {
  const priced = ({ call, span }: MappedSpan): SinkSpan['call'] =>
    call && { ...call, cost: costOf(call, Math.floor(span.startUs / 1000)) }

  const costOf = ({ provider, model, providerModel, usage }: MappedCall, at: number): Cost => {
    if (usage === null) return { kind: 'unknown' }
    const vendor = provider && vendorOf(provider)
    const cost = price(vendor, providerModel, usage, at)
    return cost.kind === 'unknown' && model !== providerModel ? price(vendor, model, usage, at) : cost
  }

  return {
    async receive(sent, key) {
      const { spans, untimed } = await read({ ...sent, withTexts: recordBodies() })
      const byTrace = Map.groupBy(spans, ({ traceId }) => traceId)
      const batches = [...byTrace].map(([otelTraceId, ofTrace]) => ({
        otelTraceId,
        callerId: key.id,
        app: key.name,
        spans: ofTrace.map((mapped) => ({ ...mapped, call: priced(mapped) }))
      }))
      const kept = await Promise.all(batches.map((batch) => traces.append(batch)))
      for (const { summary } of kept) onTrace(summary)
      const dropped = kept.reduce((sum, batch) => sum + batch.dropped, 0)
      return { rejected: untimed + dropped, reason: reasonOf(untimed, dropped) }
    }
  }
}

function reasonOf(untimed: number, dropped: number): string | null {
  if (dropped > 0) return 'A trace has more spans than are kept.'
  return untimed > 0 ? 'A span has no start time, or one that cannot be.' : null
}
