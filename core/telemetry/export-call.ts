import type { Span, TraceSummary } from '../contract/traces.ts'

/** A call that has ended, as it is handed over to be sent to a collector. */
export interface EndedCall {
  summary: TraceSummary
  chatId: string | null
  /** What it is a part of, where its client says so (W3C trace context). Lower-case hex. */
  context?: { traceId: string; parentSpanId: string | null } | null
  spans: readonly Span[]
  /** In the words of the call's dialect; null where bodies are not recorded. */
  requestBody: Uint8Array | string | null
  responseBody: string | Uint8Array | null
  /** What is in no summary; absent where nobody says. */
  outcome?: { errorCode: string | null; finish: string | null; servedModel: string | null }
}

/** Who answered, as far as conventions ask. */
export interface CallProvider {
  readonly kind: string
  readonly onDevice: boolean
}
