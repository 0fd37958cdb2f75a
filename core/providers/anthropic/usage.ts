import type { Usage } from '../../contract/usage.ts'
import { asCount, asObject, type JsonObject } from '../shared/json.ts'
import { countedUnits, servedTier } from '../shared/usage-details.ts'

/**
 * Token counts of a `usage` object, or of a stream's last one over its first (`message_delta` repeats totals, and leaves
 * out how long the cache keeps what was written). `input_tokens` leaves out what was read from or written to the cache.
 * Null when there are no counts.
 */
export function readUsage(first: unknown, last: unknown = null): Usage | null {
  const usage = merged(asObject(first), asObject(last))
  const noCache = asCount(usage.input_tokens)
  const total = asCount(usage.output_tokens)
  if (noCache === null && total === null) return null

  const cacheRead = asCount(usage.cache_read_input_tokens) ?? 0
  const creation = asObject(usage.cache_creation)
  const fiveMinutes = asCount(creation?.ephemeral_5m_input_tokens) ?? 0
  const oneHour = asCount(creation?.ephemeral_1h_input_tokens) ?? 0
  const written = asCount(usage.cache_creation_input_tokens) ?? fiveMinutes + oneHour
  const cacheWrite1h = Math.min(oneHour, written)

  const output = total ?? 0
  const thought = asCount(asObject(usage.output_tokens_details)?.thinking_tokens) ?? 0
  const reasoning = Math.min(thought, output)
  return {
    input: {
      total: (noCache ?? 0) + cacheRead + written,
      noCache: noCache ?? 0,
      cacheRead,
      cacheWrite5m: written - cacheWrite1h,
      cacheWrite1h
    },
    output: { total: output, text: output - reasoning, reasoning },
    ...servedTier(usage.service_tier),
    ...countedUnits({ webSearches: asCount(asObject(usage.server_tool_use)?.web_search_requests) })
  }
}

/** A later null says nothing; it does not take back what was said. */
function merged(first: JsonObject | null, last: JsonObject | null): JsonObject {
  const said = Object.entries(last ?? {}).filter(([, value]) => value !== null)
  return { ...first, ...Object.fromEntries(said) }
}
