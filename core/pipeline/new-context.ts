import { newTraceId } from '../lib/ids.ts'
import type { CallContext, CallInput } from './context.ts'
import { createSpanRecorder } from './span-recorder.ts'

/** A call before its first stage. */
export function newContext(input: CallInput): CallContext {
  const traceId = newTraceId()
  return {
    ...input,
    asked: input,
    traceId,
    startedAt: Date.now(),
    spans: createSpanRecorder(traceId),
    warnings: [],
    plan: null,
    target: null,
    failedAttempts: [],
    passages: null,
    cached: null,
    failure: null
  }
}
