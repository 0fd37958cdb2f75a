import { expect, test } from 'vitest'
import type { KeyAllowance } from './key-limiter.ts'
import { limitHeaders, withoutLimitHeaders } from './key-limiter-headers.ts'

const resetOf = (fullInMs: number): unknown =>
  limitHeaders({ requests: { limit: 1, remaining: 0, fullInMs }, tokens: null }, 'openai', 0)[
    'x-ratelimit-reset-requests'
  ]

test('writes times as OpenAI does', () => {
  expect([0, 19.2, 1000, 1501, 59_950, 60_000, 119_999].map(resetOf)).toEqual([
    '0ms',
    '20ms',
    '1s',
    '1.6s',
    '60s',
    '1m0s',
    '2m0s'
  ])
})

test("uses Anthropic's names and times of day for its clients", () => {
  const allowance: KeyAllowance = {
    requests: { limit: 60, remaining: 59, fullInMs: 1000 },
    tokens: { limit: 5000, remaining: 0, fullInMs: 60_000 }
  }
  expect(limitHeaders(allowance, 'anthropic', Date.UTC(2026, 0, 31, 23, 59, 30))).toEqual({
    'anthropic-ratelimit-requests-limit': '60',
    'anthropic-ratelimit-requests-remaining': '59',
    'anthropic-ratelimit-requests-reset': '2026-01-31T23:59:31Z',
    'anthropic-ratelimit-tokens-limit': '5000',
    'anthropic-ratelimit-tokens-remaining': '0',
    'anthropic-ratelimit-tokens-reset': '2026-02-01T00:00:30Z'
  })
})

test("takes only an upstream's limits away", () => {
  const headers = {
    'x-ratelimit-limit-tokens': '1',
    'anthropic-ratelimit-requests-limit': '1',
    'x-request-id': 'a'
  }
  expect(withoutLimitHeaders(headers)).toEqual({ 'x-request-id': 'a' })
})
