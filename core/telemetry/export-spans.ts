import type { Span } from '../contract/traces.ts'
import { newSpanId, newTraceId } from '../lib/ids.ts'
import { type AttributeOptions, callAttributes } from './export-attributes.ts'
import type { CallProvider, EndedCall } from './export-call.ts'
import { operationOf } from './gen-ai-names.ts'
import { type OtlpJsonSpan, type OtlpSpanKind, type OtlpTraces, toAttributes } from './otlp-encode.ts'

export interface SpanOptions extends AttributeOptions {
  /** Null for one that is no more. */
  provider(id: string): CallProvider | null
}

const INSIDE: OtlpSpanKind = 1
const CLIENT: OtlpSpanKind = 3

/** The body of one request to a collector. */
export const toOtlpTraces = (spans: OtlpJsonSpan[], version: string): OtlpTraces => ({
  resourceSpans: [
    {
      resource: { attributes: toAttributes({ 'service.name': 'homeport', 'service.version': version }) },
      scopeSpans: [{ scope: { name: 'homeport', version }, spans }]
    }
  ]
})

/**
 * A call as spans: one that says all of it, and its waterfall below. It stands in the trace of the client where that named
 * one, else in one of its own.
 */
export function toOtlpSpans(call: EndedCall, options: SpanOptions): OtlpJsonSpan[] {
  const { summary, context } = call
  const provider = summary.providerId === null ? null : options.provider(summary.providerId)
  const traceId = context?.traceId ?? summary.id
  const rootId = rootSpanIdOf(summary.id)
  const clientKind = provider && !provider.onDevice ? CLIENT : INSIDE
  const startUs = summary.startedAt * 1000
  const hasFailed = summary.status === 'error' || summary.status === 'cut'
  const root: OtlpJsonSpan = {
    traceId,
    spanId: rootId,
    parentSpanId: context?.parentSpanId ?? '',
    name: `${operationOf(summary.dialect)} ${summary.providerModel ?? summary.model}`,
    kind: clientKind,
    ...timesOf(startUs, Math.round(summary.durationMs * 1000)),
    attributes: toAttributes(callAttributes(call, provider, options)),
    status: statusOf(hasFailed, summary.errorMessage)
  }
  const below = call.spans.map((span) => ({
    traceId,
    spanId: span.id,
    parentSpanId: span.parentId ?? rootId,
    name: span.name,
    kind: span.kind === 'provider' ? clientKind : INSIDE,
    ...timesOf(startUs + span.startUs, span.durationUs),
    attributes: toAttributes({ 'homeport.span.kind': span.kind, 'homeport.note': noteOf(span) }),
    status: statusOf(span.status === 'error', span.note)
  }))
  return [root, ...below]
}

/** Says nothing but that it arrived. */
export function testSpan(): OtlpJsonSpan {
  return {
    traceId: newTraceId(),
    spanId: newSpanId(),
    parentSpanId: '',
    name: 'homeport test',
    kind: INSIDE,
    ...timesOf(Date.now() * 1000, 0),
    attributes: [],
    status: { code: 0 }
  }
}

/** Those of a call's own spans end in their number, from 1 on: see `core/pipeline/span-recorder.ts`. */
const rootSpanIdOf = (traceId: string): string => `${traceId.slice(-12)}0000`

const noteOf = ({ status, note }: Span): string | null => (status === 'error' ? null : note)

const statusOf = (hasFailed: boolean, message: string | null): OtlpJsonSpan['status'] =>
  hasFailed ? { code: 2, ...(message !== null && { message }) } : { code: 0 }

const timesOf = (startUs: number, durationUs: number) => ({
  startTimeUnixNano: `${startUs}000`,
  endTimeUnixNano: `${startUs + durationUs}000`
})
