import type { Usage } from '../../contract/usage.ts'
import { asCount, asObject } from '../shared/json.ts'
import { counted, countedUnits } from '../shared/usage-details.ts'

/**
 * Tokens as Cohere bills them. `tokens` counts more, Cohere's own instructions around the prompt too, which cost nothing;
 * it stands in where `billed_units` is absent. Rankings are billed by search units. Null when there are no counts.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value)
  const counts = asObject(usage?.billed_units) ?? asObject(usage?.tokens)
  const input = asCount(counts?.input_tokens)
  const output = asCount(counts?.output_tokens)
  const image = asCount(counts?.image_tokens)
  const searchUnits = asCount(counts?.search_units)
  if ([input, output, image, searchUnits].every((count) => count === null)) return null
  const total = (input ?? 0) + (image ?? 0)
  return {
    input: {
      total,
      noCache: total,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      ...counted({ image })
    },
    output: { total: output ?? 0, text: output ?? 0, reasoning: 0 },
    ...countedUnits({ searchUnits })
  }
}
