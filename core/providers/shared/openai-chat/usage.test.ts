import { describe, expect, it } from 'vitest'
import { usageSchema } from '../../../contract/usage.ts'
import { readUsage } from './usage.ts'

const tokens = (input: number, output: number, { cacheRead = 0, cacheWrite = 0, reasoning = 0 } = {}) => ({
  input: {
    total: input,
    noCache: input - cacheRead - cacheWrite,
    cacheRead,
    cacheWrite5m: cacheWrite,
    cacheWrite1h: 0
  },
  output: { total: output, text: output - reasoning, reasoning }
})

describe('readUsage', () => {
  it.each<[string, unknown, unknown]>([
    ['plain counts', { prompt_tokens: 9, completion_tokens: 3 }, tokens(9, 3)],
    [
      'cached tokens, which are inside the prompt',
      { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } },
      tokens(9, 3, { cacheRead: 4 })
    ],
    [
      'DeepSeek’s cache hits',
      { prompt_tokens: 9, completion_tokens: 3, prompt_cache_hit_tokens: 4 },
      tokens(9, 3, { cacheRead: 4 })
    ],
    [
      'Moonshot’s cached tokens',
      { prompt_tokens: 9, completion_tokens: 3, cached_tokens: 4 },
      tokens(9, 3, { cacheRead: 4 })
    ],
    [
      'cache writes as LiteLLM names them',
      { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cache_creation_tokens: 5 } },
      tokens(9, 3, { cacheWrite: 5 })
    ],
    [
      'cached tokens once where both names are sent',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        prompt_cache_hit_tokens: 4,
        prompt_tokens_details: { cached_tokens: 4 }
      },
      tokens(9, 3, { cacheRead: 4 })
    ],
    [
      'cache writes',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 5 }
      },
      tokens(9, 3, { cacheRead: 4, cacheWrite: 5 })
    ],
    [
      'reasoning, which is inside the completion',
      {
        prompt_tokens: 9,
        completion_tokens: 8,
        total_tokens: 17,
        completion_tokens_details: { reasoning_tokens: 5 }
      },
      tokens(9, 8, { reasoning: 5 })
    ],
    [
      'xAI’s reasoning, which is beside the completion',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        total_tokens: 17,
        completion_tokens_details: { reasoning_tokens: 5 }
      },
      tokens(9, 8, { reasoning: 5 })
    ],
    [
      'sound, which is inside both',
      {
        prompt_tokens: 9,
        completion_tokens: 8,
        prompt_tokens_details: { audio_tokens: 4, cached_tokens: 0 },
        completion_tokens_details: { audio_tokens: 6, reasoning_tokens: 0 }
      },
      {
        input: { ...tokens(9, 0).input, audio: 4 },
        output: { total: 8, text: 2, reasoning: 0, audio: 6 }
      }
    ],
    [
      'searches',
      { prompt_tokens: 9, completion_tokens: 3, server_tool_use: { web_search_requests: 2 } },
      { ...tokens(9, 3), units: { webSearches: 2 } }
    ],
    [
      'Perplexity’s cited pages and reasoning, which are beside the others',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        total_tokens: 12,
        citation_tokens: 100,
        reasoning_tokens: 50,
        num_search_queries: 7
      },
      { ...tokens(109, 53, { reasoning: 50 }), units: { webSearches: 7 } }
    ],
    ['an embedding’s prompt alone', { prompt_tokens: 9, total_tokens: 9 }, tokens(9, 0)],
    [
      'details that exceed their whole',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 7 },
        completion_tokens_details: { reasoning_tokens: 30 }
      },
      tokens(9, 3, { cacheRead: 9, reasoning: 3 })
    ],
    [
      'details of null',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        prompt_tokens_details: null,
        completion_tokens_details: null
      },
      tokens(9, 3)
    ],
    ['counts that are none', { prompt_tokens: -1, completion_tokens: 1.5 }, null],
    ['counts as text', { prompt_tokens: '9', completion_tokens: '3' }, null],
    ['null', null, null],
    ['an empty object', {}, null],
    ['an array', [1], null]
  ])('reads %s', (_, usage, expected) => {
    const read = readUsage(usage)
    expect(read).toEqual(expected)
    if (read) expect(usageSchema.parse(read)).toEqual(read)
  })

  it.each([
    ['default', 'standard'],
    ['on_demand', 'standard'],
    ['flex', 'flex'],
    ['priority', 'priority'],
    ['auto', undefined],
    [null, undefined]
  ])('reads the tier %s as %s', (said, tier) => {
    expect(readUsage({ prompt_tokens: 9, completion_tokens: 3 }, said)?.tier).toBe(tier)
  })
})
