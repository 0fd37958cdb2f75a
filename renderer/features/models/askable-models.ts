import type { Model, Provider, ProviderKind } from '../../../core/contract/models.ts'

/** Without the models of a provider that needs a key and has none, unless it has answered without; `auto` does the same. */
export function askableModels(
  models: readonly Model[],
  providers: readonly Provider[],
  kinds: readonly ProviderKind[]
): Model[] {
  const needing = new Set(kinds.filter(({ needsKey }) => needsKey).map(({ kind }) => kind))
  const lacking = new Set(
    providers
      .filter(({ kind, hasKey, lastTest }) => needing.has(kind) && !hasKey && !lastTest?.ok)
      .map(({ id }) => id)
  )
  return models.filter(({ providerId }) => !lacking.has(providerId))
}
