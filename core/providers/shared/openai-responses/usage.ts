import type { Usage } from '../../../contract/usage.ts'
import { asArray, asCount, asObject, type JsonObject } from '../json.ts'
import { counted, countedUnits, servedTier } from '../usage-details.ts'

/**
 * What a response used: of its `usage`, where cached tokens stand inside `input_tokens` and reasoning inside
 * `output_tokens`; the tier that served it; and how often it searched, which stands among its items. Null without counts.
 */
export function readUsage(response: JsonObject): Usage | null {
  const usage = asObject(response.usage)
  const input = asCount(usage?.input_tokens)
  const output = asCount(usage?.output_tokens)
  if (!usage || (input === null && output === null)) return null
  const inputDetails = asObject(usage.input_tokens_details)
  const total = input ?? 0
  const cacheRead = Math.min(asCount(inputDetails?.cached_tokens) ?? 0, total)
  const cacheWrite = Math.min(asCount(inputDetails?.cache_write_tokens) ?? 0, total - cacheRead)
  const written = output ?? 0
  const details = asObject(usage.output_tokens_details)
  const reasoning = Math.min(asCount(details?.reasoning_tokens) ?? 0, written)
  const made = counted({ audio: asCount(details?.audio_tokens), image: asCount(details?.image_tokens) })
  return {
    input: {
      total,
      noCache: total - cacheRead - cacheWrite,
      cacheRead,
      cacheWrite5m: cacheWrite,
      cacheWrite1h: 0,
      ...counted({ audio: asCount(inputDetails?.audio_tokens), image: asCount(inputDetails?.image_tokens) })
    },
    output: {
      total: written,
      text: Math.max(written - reasoning - (made.audio ?? 0) - (made.image ?? 0), 0),
      reasoning,
      ...made
    },
    ...servedTier(response.service_tier),
    ...countedUnits({ webSearches: countSearches(response) })
  }
}

/** Opening a page, and looking for words in it, are calls too, that cost nothing. */
function countSearches({ output, tool_usage: tools }: JsonObject): number {
  const said = asCount(asObject(asObject(tools)?.web_search)?.num_requests)
  if (said !== null) return said
  return asArray(output).filter((value) => {
    const item = asObject(value)
    return item?.type === 'web_search_call' && (asObject(item.action)?.type ?? 'search') === 'search'
  }).length
}
