import type { Usage } from '../../../contract/usage.ts'

/** Token counts as the dialect has them: what was read from or written to a cache stands beside `input_tokens`. */
export function toWireUsage(usage: Usage | null) {
  const { input, output } = usage ?? nothing
  return {
    input_tokens: input.noCache,
    cache_creation_input_tokens: input.cacheWrite5m + input.cacheWrite1h,
    cache_read_input_tokens: input.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: input.cacheWrite5m,
      ephemeral_1h_input_tokens: input.cacheWrite1h
    },
    output_tokens: output.total,
    ...(output.reasoning > 0 && { output_tokens_details: { thinking_tokens: output.reasoning } }),
    server_tool_use: null,
    service_tier: null
  }
}

const nothing: Usage = {
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}
