import type { WireRequest } from '../spec/chat.ts'

const VERSION = '2023-06-01'

/** Headers of a request. What a client of the same dialect says of its version and its betas is passed on. */
export function requestHeaders(
  key: string | null,
  accept: string,
  wire: WireRequest | null = null,
  betas: readonly string[] = []
): Record<string, string> {
  const own = wire?.dialect === 'anthropic-messages' ? wire.headers : {}
  const beta = [own['anthropic-beta'], ...betas].filter(Boolean).join(',')
  return {
    accept,
    'content-type': 'application/json',
    'anthropic-version': own['anthropic-version'] ?? VERSION,
    ...(beta !== '' && { 'anthropic-beta': beta }),
    ...(key !== null && { 'x-api-key': key })
  }
}

const USEFUL = /^(request-id|retry-after|anthropic-ratelimit-.+)$/

/** Those headers of a response that tell a client something: the request's id and its rate limits. */
export function usefulHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => USEFUL.test(name)))
}
