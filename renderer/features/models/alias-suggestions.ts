import type { Strategy } from '../../../core/contract/aliases.ts'
import type { Model } from '../../../core/contract/models.ts'

export interface Suggestion {
  name: string
  /** What it would be for. */
  hint: string
  strategy: Strategy
  /** Addresses to start from; never empty. */
  models: string[]
}

/** So many targets are enough to fall back on. */
const MOST = 3
const small = /mini|nano|flash|haiku|lite|small|instant|fast|\b[1-9]b\b/i
const strong = /opus|sonnet|gpt-\d(\.\d)?$|pro\b|large|max\b|reasoner|\bo\d$|grok-\d+$/i

/** Aliases worth having, made from the models there are. One without a fitting model is not suggested. */
export function suggestAliases(models: readonly Model[], taken: readonly string[]): Suggestion[] {
  const elsewhere = models.filter((model) => !model.onDevice)
  const pick = (from: readonly Model[], fits: (model: Model) => boolean): string[] =>
    spread(from.filter(fits)).slice(0, MOST)
  const suggestions: Suggestion[] = [
    {
      name: 'fast',
      hint: 'small models, the quickest of them first',
      strategy: 'lowest-latency',
      models: pick(elsewhere, ({ name }) => small.test(name))
    },
    {
      name: 'best',
      hint: 'the most able model, others when it fails',
      strategy: 'priority',
      models: pick(elsewhere, ({ name }) => strong.test(name) && !small.test(name))
    },
    {
      name: 'local',
      hint: 'models on this machine, nothing leaves it',
      strategy: 'priority',
      models: pick(models, ({ onDevice }) => onDevice)
    }
  ]
  return suggestions.filter(({ name, models: found }) => found.length > 0 && !taken.includes(name))
}

/** One of each provider before a second of any: a fallback at the same vendor falls with it. */
function spread(models: readonly Model[]): string[] {
  const seen = new Map<string, number>()
  const ranked = models.map((model) => {
    const rank = seen.get(model.providerId) ?? 0
    seen.set(model.providerId, rank + 1)
    return { id: model.id, rank }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ id }) => id)
}
