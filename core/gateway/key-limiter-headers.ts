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
    const names = headerNames[style][what]
    headers[names.limit] = String(left.limit)
    headers[names.remaining] = String(left.remaining)
    headers[names.reset] = style === 'openai' ? durationText(left.fullInMs) : secondOf(now + left.fullInMs)
  }
  return headers
}

/** Whole names: one that is put together for each call is looked up anew for each. */
const headerNames = {
  openai: {
    requests: {
      limit: 'x-ratelimit-limit-requests',
      remaining: 'x-ratelimit-remaining-requests',
      reset: 'x-ratelimit-reset-requests'
    },
    tokens: {
      limit: 'x-ratelimit-limit-tokens',
      remaining: 'x-ratelimit-remaining-tokens',
      reset: 'x-ratelimit-reset-tokens'
    }
  },
  anthropic: {
    requests: {
      limit: 'anthropic-ratelimit-requests-limit',
      remaining: 'anthropic-ratelimit-requests-remaining',
      reset: 'anthropic-ratelimit-requests-reset'
    },
    tokens: {
      limit: 'anthropic-ratelimit-tokens-limit',
      remaining: 'anthropic-ratelimit-tokens-remaining',
      reset: 'anthropic-ratelimit-tokens-reset'
    }
  }
} as const

/** RFC 3339 without fractions. */
const secondOf = (time: number): string => new Date(time).toISOString().replace(/\.\d+/, '')

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
  const others: Record<string, string> = {}
  for (const name in headers) if (!upstreamLimits.test(name)) others[name] = headers[name] ?? ''
  return others
}
