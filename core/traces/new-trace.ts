import type { RoutePreview } from '../contract/aliases.ts'
import type { Span, TraceSummary } from '../contract/traces.ts'

/** A finished call as it is handed over to be kept. */
export interface NewTrace {
  summary: TraceSummary
  /** The chat it answered in, if any. */
  chatId: string | null
  spans: Span[]
  /** Null where the model was asked for by its name. */
  route: RoutePreview | null
  warnings: string[]
  /** Null when bodies are not recorded. A request is kept as the client's own bytes. */
  requestBody: Uint8Array | string | null
  responseBody: Uint8Array | string | null
}
