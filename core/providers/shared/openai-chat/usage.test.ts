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
})
