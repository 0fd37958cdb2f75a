import type { Usage } from '../../contract/usage.ts'
import { asCount, asObject } from '../shared/json.ts'

/**
 * Token counts of `usageMetadata`. What is cached is inside `promptTokenCount`; what tools of Google's own read is beside
 * it; thoughts are beside `candidatesTokenCount`. Null when there are no counts.
 */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value)
  const prompt = asCount(usage?.promptTokenCount)
  const candidates = asCount(usage?.candidatesTokenCount)
  if (!usage || (prompt === null && candidates === null)) return null

  const total = (prompt ?? 0) + (asCount(usage.toolUsePromptTokenCount) ?? 0)
  const cacheRead = Math.min(asCount(usage.cachedContentTokenCount) ?? 0, total)
  const text = candidates ?? 0
  const reasoning = asCount(usage.thoughtsTokenCount) ?? 0
  return {
    input: { total, noCache: total - cacheRead, cacheRead, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: text + reasoning, text, reasoning }
  }
}
