import type { Usage } from '../../../contract/usage.ts'
import { asCount, asObject } from '../json.ts'

/**
 * Token counts of a response's `usage`: cached tokens stand inside `input_tokens`, reasoning inside `output_tokens`. Null
 * when there are none.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value)
  const input = asCount(usage?.input_tokens)
  const output = asCount(usage?.output_tokens)
  if (!usage || (input === null && output === null)) return null
  const inputDetails = asObject(usage.input_tokens_details)
  const total = input ?? 0
  const cacheRead = Math.min(asCount(inputDetails?.cached_tokens) ?? 0, total)
  const cacheWrite = Math.min(asCount(inputDetails?.cache_write_tokens) ?? 0, total - cacheRead)
  const written = output ?? 0
  const reasoning = Math.min(asCount(asObject(usage.output_tokens_details)?.reasoning_tokens) ?? 0, written)
  return {
    input: {
      total,
      noCache: total - cacheRead - cacheWrite,
      cacheRead,
      cacheWrite5m: cacheWrite,
      cacheWrite1h: 0
    },
    output: { total: written, text: written - reasoning, reasoning }
  }
}
