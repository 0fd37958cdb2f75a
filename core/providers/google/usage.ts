import type { Usage } from '../../contract/usage.ts'
import { asArray, asCount, asObject, asText } from '../shared/json.ts'
import { counted, countedUnits, servedTier } from '../shared/usage-details.ts'

/**
 * Token counts of `usageMetadata`. What is cached is inside `promptTokenCount`; what tools of Google's own read is beside
 * it; thoughts are beside `candidatesTokenCount`. `webSearches`: how many queries grounded the answer. Null when there are no
 * counts.
 */
export function readUsage(value: unknown, webSearches = 0): Usage | null {
  const usage = asObject(value)
  const prompt = asCount(usage?.promptTokenCount)
  const candidates = asCount(usage?.candidatesTokenCount)
  if (!usage || (prompt === null && candidates === null)) return null

  const total = (prompt ?? 0) + (asCount(usage.toolUsePromptTokenCount) ?? 0)
  const cacheRead = Math.min(asCount(usage.cachedContentTokenCount) ?? 0, total)
  const answered = candidates ?? 0
  const reasoning = asCount(usage.thoughtsTokenCount) ?? 0
  const prompts = [...asArray(usage.promptTokensDetails), ...asArray(usage.toolUsePromptTokensDetails)]
  const answers = asArray(usage.candidatesTokensDetails)
  const made = counted({ audio: tokensOf('AUDIO', answers), image: tokensOf('IMAGE', answers) })
  return {
    input: {
      total,
      noCache: total - cacheRead,
      cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      ...counted({
        audio: tokensOf('AUDIO', prompts),
        audioCacheRead: tokensOf('AUDIO', asArray(usage.cacheTokensDetails)),
        image: tokensOf('IMAGE', prompts)
      })
    },
    output: {
      total: answered + reasoning,
      text: Math.max(answered - (made.audio ?? 0) - (made.image ?? 0), 0),
      reasoning,
      ...made
    },
    ...servedTier(usage.serviceTier ?? usage.trafficType),
    ...countedUnits({ webSearches })
  }
}

/** Of a list of `{modality, tokenCount}`. */
function tokensOf(modality: string, details: readonly unknown[]): number {
  const counts = details.map(asObject).filter((detail) => asText(detail?.modality) === modality)
  return counts.reduce((sum, detail) => sum + (asCount(detail?.tokenCount) ?? 0), 0)
}
