import type { RoutePreview } from '../contract/aliases.ts'
import type { Span, TraceSummary } from '../contract/traces.ts'

/** A finished call as it is handed over to be kept. */
export interface NewTrace {
  summary: TraceSummary
  /** The id of the app key, or of the part of the app, that called; absent where neither did. */
  callerId?: string
  /** The chat it answered in, if any. */
  chatId: string | null
  /** What it is a part of, where another program says so; absent otherwise. */
  context?: TraceContext | null
  spans: Span[]
  /** How the call ended, for who counts and exports it; absent for what other programs sent. */
  outcome?: { errorCode: string | null; finish: string | null; servedModel: string | null }
  /** Null where the model was asked for by its name. */
  route: RoutePreview | null
  warnings: string[]
  /** Null when bodies are not recorded. A request is kept as the client's own bytes. */
  requestBody: Uint8Array | string | null
  responseBody: Uint8Array | string | null
}

/** A place in a trace of other programs (W3C trace context, OpenTelemetry). Lower-case hex. */
export interface TraceContext {
  /** 32 digits, shared by all that belong together. */
  traceId: string
  /** 16 digits: the span that this one is under; null for the outermost. */
  parentSpanId: string | null
}
