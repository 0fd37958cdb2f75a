import type { CallLabels, Span } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'

/** Spans of one trace of another program, as they came: others of it may have come before, and may come later. */
export interface SpanBatch {
  /** The program's id of the trace: 32 hex digits. */
  otelTraceId: string
  /** Of the app key that sent them; a trace is kept for each. */
  callerId: string
  /** The key's name. */
  app: string
  spans: ReceivedSpan[]
}

export interface ReceivedSpan {
  /** Its times are microseconds since 1970, UTC, and not of a trace. */
  span: Span
  /** Null unless it asked a model. */
  call: ReceivedCall | null
  labels: CallLabels
  /** Prompts, answers, arguments and documents: a JSON object by attribute; null where there are none, or none are kept. */
  texts: string | null
  /** What was asked and what came of it, as a body is shown. */
  request: string | null
  response: string | null
  /** What a person asked. */
  question: string | null
}

export interface ReceivedCall {
  provider: string | null
  model: string
  providerModel: string
  usage: Usage | null
  cost: Cost
}
