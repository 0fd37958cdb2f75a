import type { Usage } from '../../../contract/usage.ts'

/** OpenAI counts the cache inside the input and reasoning inside the output, as the neutral shape does. */
export function writeUsage({ input, output }: Usage) {
  return {
    input_tokens: input.total,
    input_tokens_details: {
      cached_tokens: input.cacheRead,
      cache_write_tokens: input.cacheWrite5m + input.cacheWrite1h
    },
    output_tokens: output.total,
    output_tokens_details: { reasoning_tokens: output.reasoning },
    total_tokens: input.total + output.total
  }
}
