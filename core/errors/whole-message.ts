import type { HomeportError } from './homeport-error.ts'

/**
 * An error in one text, for dialects that have no other place: what went wrong, what the person can do, and the trace where
 * nothing else is known.
 */
export function wholeMessage(
  { code, message, action }: HomeportError,
  traceId: string | null = null
): string {
  const more = action === null ? [] : [action]
  if (code === 'internal' && traceId !== null) more.push(`Its trace is ${traceId}.`)
  return more.length === 0 ? message : [sentence(message), ...more].join(' ')
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
