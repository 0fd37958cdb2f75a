import type { ModelProvider, ProviderConfig, ProviderModel } from '../spec/provider.ts'

/** What a configured provider says of itself: the models are those that a person named. */
export function identityOf(
  { id, name, pricing, models }: ProviderConfig,
  kind: string
): Pick<ModelProvider, 'id' | 'name' | 'kind' | 'onDevice' | 'pricing' | 'listModels'> {
  return { id, name, kind, onDevice: false, pricing, listModels: () => models.map(modelOfName) }
}

/** A model of which nothing but its name is known. */
export const modelOfName = (id: string): ProviderModel => ({ id, name: id, contextTokens: null })
