import type { ModelAbilities, ModelProvider, ProviderModel } from '../providers/spec/provider.ts'
import type { CatalogModel, ModelCatalog } from './model-catalog.ts'

/** What is known of a model, by its provider or by the catalog. */
export interface KnownModel {
  contextTokens: number | null
  maxOutputTokens: number | null
  /** Absent is unknown. */
  abilities: ModelAbilities
}

/** Kinds of providers that the catalog calls otherwise. */
const vendorOfKind: Readonly<Record<string, string>> = { moonshot: 'moonshotai' }

/** What a provider itself says of its model; the catalog says what it leaves open. */
export function knownModel(
  catalog: ModelCatalog,
  provider: Pick<ModelProvider, 'kind' | 'pricing'>,
  model: ProviderModel
): KnownModel {
  const listed = catalogModel(catalog, provider, model.id)
  return {
    contextTokens: model.contextTokens ?? listed?.contextTokens ?? null,
    maxOutputTokens: model.maxOutputTokens ?? listed?.maxOutputTokens ?? null,
    abilities: { ...listed?.abilities, ...model.abilities }
  }
}

/** A model as its provider lists it; by its name alone where it does not. */
export const listedModel = (provider: ModelProvider, model: string): ProviderModel =>
  provider.listModels().find(({ id }) => id === model) ?? { id: model, name: model, contextTokens: null }

/** By the kind of the provider; a server of no vendor's kind may be one whose prices a person gave it. */
function catalogModel(
  catalog: ModelCatalog,
  { kind, pricing }: Pick<ModelProvider, 'kind' | 'pricing'>,
  model: string
): CatalogModel | null {
  const found = catalog.find(vendorOfKind[kind] ?? kind, model)
  if (found || typeof pricing === 'string') return found
  return catalog.find(pricing.vendor, model)
}

/** Tells how many tokens the longest prompt of a model has; null where nobody says. */
export const longestPrompt =
  (catalog: ModelCatalog) =>
  ({ provider, model }: { provider: ModelProvider; model: string }): number | null =>
    knownModel(catalog, provider, listedModel(provider, model)).contextTokens

/** Tells how many tokens the longest answer of a model has; null where nobody says. */
export const longestAnswer =
  (catalog: ModelCatalog) =>
  ({ provider, model }: { provider: ModelProvider; model: string }): number | null =>
    knownModel(catalog, provider, listedModel(provider, model)).maxOutputTokens
