import type { Model } from '../../../contract/models.ts'

/** A model as a client of Ollama's dialect named it. */
export interface NamedModel {
  /** To be resolved by the pipeline. */
  name: string
  /** What is known of it; null when no provider lists it. */
  model: Model | null
}

const latest = ':latest'

/**
 * Finds the model behind a name. Ollama's clients add `:latest` to names without a tag, and leave it out where it stands:
 * both are tried. A name that no provider lists goes on without it, as a provider may have models it does not list.
 */
export function findModel(name: string, models: readonly Model[]): NamedModel {
  const bare = name.endsWith(latest) ? name.slice(0, -latest.length) : name
  for (const candidate of [name, bare, bare + latest]) {
    const model = models.find((one) => one.id === candidate || one.id === `${one.providerId}/${candidate}`)
    if (model) return { name: candidate, model }
  }
  return { name: bare, model: null }
}
