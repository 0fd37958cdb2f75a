const traceIds = new WeakMap<object, string>()

/** Remembers which trace tells the story of an error, so that whoever answers with it can name the trace. */
export function attachTraceId(error: unknown, traceId: string): void {
  if (typeof error === 'object' && error !== null) traceIds.set(error, traceId)
}

/** The trace of an error that came out of the pipeline; null for any other. */
export function traceIdOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null ? (traceIds.get(error) ?? null) : null
}
