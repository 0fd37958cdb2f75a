import type { Usage } from '../../../contract/usage.ts'
import { asCount, asObject } from '../json.ts'
import { counted, countedUnits, servedTier } from '../usage-details.ts'

/**
 * Token counts of a `usage` object. OpenAI counts cached tokens inside `prompt_tokens` and reasoning inside
 * `completion_tokens`; what others do differently is named below. `tier`: the answer's own `service_tier`. Null when there
 * are no counts.
 */
export function readUsage(value: unknown, tier?: unknown): Usage | null {
  const usage = asObject(value)
  const prompt = asCount(usage?.prompt_tokens)
  const completion = asCount(usage?.completion_tokens)
  if (!usage || (prompt === null && completion === null)) return null

  const promptDetails = asObject(usage.prompt_tokens_details)
  // Perplexity: what it read in the pages it cites, and its reasoning, stand beside the others
  const cited = asCount(usage.citation_tokens)
  const input = (prompt ?? 0) + (cited ?? 0)
  // DeepSeek: prompt_cache_hit_tokens. Moonshot: cached_tokens beside the others
  const cached =
    asCount(promptDetails?.cached_tokens) ??
    asCount(usage.prompt_cache_hit_tokens) ??
    asCount(usage.cached_tokens) ??
    0
  const cacheRead = Math.min(cached, input)
  // for models whose vendor bills cache writes. OpenRouter: cache_write_tokens. LiteLLM: cache_creation_tokens
  const written =
    asCount(promptDetails?.cache_write_tokens) ??
    asCount(promptDetails?.cache_creation_tokens) ??
    asCount(promptDetails?.cache_creation_input_tokens) ?? // Qwen
    0
  const cacheWrite = Math.min(written, input - cacheRead)

  const details = asObject(usage.completion_tokens_details)
  const reasoning = asCount(details?.reasoning_tokens) ?? asCount(usage.reasoning_tokens) ?? 0
  const visible = completion ?? 0
  // xAI counts reasoning beside completion_tokens; its total gives that away
  const beside =
    cited !== null || (reasoning > 0 && asCount(usage.total_tokens) === input + visible + reasoning)
  const output = beside ? visible + reasoning : visible
  const reasoned = Math.min(reasoning, output)
  const made = counted({ audio: asCount(details?.audio_tokens), image: asCount(details?.image_tokens) })
  return {
    input: {
      total: input,
      noCache: input - cacheRead - cacheWrite,
      cacheRead,
      cacheWrite5m: cacheWrite,
      cacheWrite1h: 0,
      ...counted({
        audio: asCount(promptDetails?.audio_tokens),
        image: asCount(promptDetails?.image_tokens)
      })
    },
    output: {
      total: output,
      text: Math.max(output - reasoned - (made.audio ?? 0) - (made.image ?? 0), 0),
      reasoning: reasoned,
      ...made
    },
    ...servedTier(tier),
    ...countedUnits(
      {
        // OpenRouter, and Perplexity's deep research
        webSearches:
          asCount(asObject(usage.server_tool_use)?.web_search_requests) ?? asCount(usage.num_search_queries),
        // Mistral
        seconds: asCount(usage.prompt_audio_seconds)
      },
      usage.search_context_size // Perplexity
    )
  }
}
