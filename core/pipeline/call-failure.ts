import { HomeportError } from '../errors/homeport-error.ts'
import type { CallOutcome } from './context.ts'

/** What was thrown, in the one form that routes answer with. What nobody foresaw becomes a constant `internal`. */
export function toHomeportError(thrown: unknown): HomeportError {
  if (thrown instanceof HomeportError) return thrown
  return new HomeportError('internal', 'Homeport failed while it handled this call.', {
    action: "Homeport's log has the details under the id of its trace.",
    cause: thrown
  })
}

/** The outcome of a call that ended before its first event. */
export function failedOutcome(thrown: unknown, signal: AbortSignal, durationMs: number): CallOutcome {
  return {
    status: signal.aborted ? 'aborted' : 'error',
    error: signal.aborted ? null : toHomeportError(thrown),
    usage: null,
    finish: null,
    text: '',
    reasoning: '',
    textTruncated: false,
    wire: null,
    firstTokenMs: null,
    durationMs,
    servedModel: null,
    cost: { kind: 'unknown' },
    savedNanoUsd: null
  }
}

/** What an unforeseen error is called and where it was thrown. Its message is left out: that may quote a prompt. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames].join('\n')
}
