import { type Alias, AUTO } from '../contract/aliases.ts'
import type { Model } from '../contract/models.ts'

/** Provider of what comes with Homeport itself. */
const OWN = 'homeport'

/**
 * The names that a program can ask for beside `provider/model`: `auto`, while there is any model, and the aliases. An alias
 * can do what all of its targets can, since any of them may answer.
 */
export function aliasModels(aliases: readonly Alias[], models: readonly Model[]): Model[] {
  if (models.length === 0) return []
  const byAddress = new Map(models.map((model) => [model.id, model]))
  // what Homeport's own search answers, `auto` has no part in
  const hasChoice = models.some(({ providerId }) => providerId !== OWN)
  return [
    ...(hasChoice ? [named(AUTO, [])] : []),
    ...aliases.map(({ name, targets }) => {
      const known = targets.map((target) => byAddress.get(target.model))
      return named(name, known)
    })
  ]
}

function named(name: string, targets: readonly (Model | undefined)[]): Model {
  const all = (has: (model: Model) => boolean): boolean =>
    targets.length > 0 && targets.every((model) => model !== undefined && has(model))
  /** Of the target that has the least; null where one of them is not known. */
  const least = (of: (model: Model) => number | null): number | null => {
    const sizes = targets.map((model) => (model ? of(model) : null)).filter((size) => size !== null)
    return sizes.length > 0 && sizes.length === targets.length ? Math.min(...sizes) : null
  }
  return {
    id: name,
    providerId: OWN,
    providerName: 'Alias',
    name,
    onDevice: all(({ onDevice }) => onDevice),
    contextTokens: least(({ contextTokens }) => contextTokens),
    maxOutputTokens: least(({ maxOutputTokens }) => maxOutputTokens),
    priced: all(({ priced }) => priced),
    abilities: {
      ...(all(({ abilities }) => abilities.vision === true) && { vision: true }),
      ...(all(({ abilities }) => abilities.tools === true) && { tools: true }),
      ...(all(({ abilities }) => abilities.json === true) && { json: true }),
      ...(all(({ abilities }) => abilities.reasoning === true) && { reasoning: true })
    }
  }
}
