import type { Usage } from '../../contract/usage.ts'
import { asCount, asObject } from '../shared/json.ts'

/**
 * Tokens as Cohere bills them. `tokens` counts more, Cohere's own instructions around the prompt too, which cost nothing;
 * it stands in where `billed_units` is absent. Null when there are no counts.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value)
  const counts = asObject(usage?.billed_units) ?? asObject(usage?.tokens)
  const input = asCount(counts?.input_tokens)
  const output = asCount(counts?.output_tokens)
  if (input === null && output === null) return null
  return {
    input: {
      total: input ?? 0,
      noCache: input ?? 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0
    },
    output: { total: output ?? 0, text: output ?? 0, reasoning: 0 }
  }
}
