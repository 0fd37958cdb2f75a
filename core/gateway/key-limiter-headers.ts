import type { KeyAllowance } from './key-limiter.ts'

/**
 * What a key has left, in the headers of OpenAI, which most clients read, or of Anthropic. `now` is in milliseconds UTC.
 * Formats: https://platform.openai.com/docs/guides/rate-limits and https://docs.anthropic.com/en/api/rate-limits
 */
export function limitHeaders(
  allowance: KeyAllowance,
  style: 'openai' | 'anthropic',
  now: number
): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const what of ['requests', 'tokens'] as const) {
    const left = allowance[what]
    if (left === null) continue
    if (style === 'openai') {
      headers[`x-ratelimit-limit-${what}`] = String(left.limit)
      headers[`x-ratelimit-remaining-${what}`] = String(left.remaining)
      headers[`x-ratelimit-reset-${what}`] = durationText(left.fullInMs)
    } else {
      headers[`anthropic-ratelimit-${what}-limit`] = String(left.limit)
      headers[`anthropic-ratelimit-${what}-remaining`] = String(left.remaining)
      headers[`anthropic-ratelimit-${what}-reset`] = new Date(now + left.fullInMs)
        .toISOString()
        .replace(/\.\d+/, '')
    }
  }
  return headers
}

/** Such as `6m0s`, `1.5s` or `20ms`. */
function durationText(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`
  if (ms < 60_000) return `${Math.ceil(ms / 100) / 10}s`
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

const upstreamLimits = /^(?:x-ratelimit-|anthropic-ratelimit-)/

/** An upstream's limits are not those of a key that has its own. */
export function withoutLimitHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !upstreamLimits.test(name)))
}
