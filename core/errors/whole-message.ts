import type { HomeportError } from './homeport-error.ts'

/**
 * An error in one text, for dialects that have no other place: what went wrong, what the person can do, and the trace where
 * nothing else is known.
 */
export function wholeMessage(
  { code, message, action }: HomeportError,
  traceId: string | null = null
): string {
  const sentences = action === null ? [message] : [message, action]
  if (code === 'internal' && traceId !== null) sentences.push(`Its trace is ${traceId}.`)
  return sentences.join(' ')
}
