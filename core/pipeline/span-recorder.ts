import type { Span } from '../contract/traces.ts'
import type { OpenSpan, SpanRecorder } from './context.ts'

/** Starts the clock of one call. Times come from the monotonic clock, so a changed system time cannot bend them. */
export function createSpanRecorder(traceId: string): SpanRecorder {
  const startedAt = performance.now()
  const nowUs = () => Math.round((performance.now() - startedAt) * 1000)
  const spans: Span[] = []
  // the random end of the trace's id: span ids need to differ, and drawing random bits anew costs more than a span
  const idPrefix = traceId.slice(-12)
  const nextId = () => idPrefix + (spans.length + 1).toString(16).padStart(4, '0')

  const start = (name: string, kind: Span['kind'], parentId: string | null = null): OpenSpan => {
    const startUs = nowUs()
    const span: Span = {
      id: nextId(),
      parentId,
      name,
      kind,
      startUs,
      durationUs: 0,
      status: 'ok',
      note: null,
      firstTokenUs: null
    }
    spans.push(span)
    return {
      id: span.id,
      firstToken() {
        span.firstTokenUs ??= nowUs()
      },
      end({ status = 'ok', note = null, attributes } = {}) {
        span.durationUs = nowUs() - startUs
        span.status = status
        span.note = note
        if (attributes) span.attributes = attributes
      }
    }
  }

  return { nowUs, start, list: () => [...spans] }
}
