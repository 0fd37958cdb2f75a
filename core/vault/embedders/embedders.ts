import { BUILT_IN_EMBEDDER, type EmbedderOption, type IndexEstimate } from '../../contract/knowledge.ts'
import type { Cost, Usage } from '../../contract/usage.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import type { FolderSize } from '../knowledge.ts'
import {
  type AskForVectors,
  createModelEmbedder,
  probeDimensions,
  readModelEmbedderId
} from './model-embedder.ts'

export interface EmbeddersOptions {
  providers: { readonly callable: ReadonlyMap<string, ModelProvider> }
  ask: AskForVectors
  price(pricing: ModelProvider['pricing'], model: string, usage: Usage): Cost
}

/** What can turn the person's documents into vectors, and at what cost. The built-in one is opened where it is used. */
export interface Embedders {
  /** What can be chosen, the built-in one first. A model that nobody lists may be named all the same. */
  options(): EmbedderOption[]
  /** What indexing so much takes. Throws `bad-request` where the embedder is none. */
  estimate(folder: FolderSize, embedder: string): IndexEstimate
  /**
   * Throws `bad-request` for an embedder that is none, and `conflict` for one that costs money, or may, while the person
   * has not said yes to that.
   */
  check(embedder: string, costConfirmed: boolean): void
  /**
   * Opens a model, `provider/model`, that a person has chosen: it is asked once how long its vectors are, which its `id`
   * then says. Throws `bad-request` for what is none, and where the model cannot be asked.
   */
  choose(model: string, signal: AbortSignal): Promise<Embedder>
  /** Opens the model that an index was made with, by the `id` it had then; asks nobody. Null where its provider is gone. */
  reopen(id: string): Embedder | null
}

/** English prose has more characters to a token, other languages and code fewer. */
const BYTES_OF_A_TOKEN = 3.5
/** Every passage is embedded with the titles above it. */
const BREADCRUMBS = 1.1
/** Vendors list names without saying what a model is for. */
const looksLikeEmbedding = /embed|^(.*\/)?(bge|gte|e5|all-minilm|nomic|voyage|mxbai)\b/i

const builtIn: EmbedderOption = {
  id: BUILT_IN_EMBEDDER,
  name: 'Built in',
  place: 'built-in',
  dimensions: 256
}

export function openEmbedders({ providers, ask, price }: EmbeddersOptions): Embedders {
  const modelOf = (embedder: string) => {
    const slash = embedder.indexOf('/')
    const provider = providers.callable.get(embedder.slice(0, Math.max(slash, 0)))
    return provider?.embed ? { provider, model: embedder.slice(slash + 1) } : null
  }
  const known = (embedder: string) => {
    const found = modelOf(embedder)
    if (!found || found.model === '') throw noEmbedder(embedder)
    return found
  }
  const costOf = (embedder: string, tokens: number): Cost => {
    if (embedder === BUILT_IN_EMBEDDER) return { kind: 'free' }
    const { provider, model } = known(embedder)
    return price(provider.pricing, model, usageOf(tokens))
  }
  const check: Embedders['check'] = (embedder, costConfirmed) => {
    if (costOf(embedder, 0).kind !== 'free' && !costConfirmed) throw notConfirmed(embedder)
  }
  const open = (model: string, dimensions: number, { onDevice }: ModelProvider): Embedder =>
    createModelEmbedder({ ask, model, dimensions, onDevice })

  return {
    options: () => [builtIn, ...[...providers.callable.values()].flatMap(optionsOf)],
    estimate(folder, embedder) {
      const tokens = Math.round((folder.bytes / BYTES_OF_A_TOKEN) * BREADCRUMBS)
      return { ...folder, tokens, cost: costOf(embedder, tokens) }
    },
    check,
    async choose(model, signal) {
      const { provider } = known(model)
      return open(model, await probeDimensions(ask, model, signal), provider)
    },
    reopen(id) {
      const kept = readModelEmbedderId(id)
      const found = kept && modelOf(kept.model)
      return found ? open(kept.model, kept.dimensions, found.provider) : null
    }
  }
}

function optionsOf(provider: ModelProvider): EmbedderOption[] {
  if (!provider.embed) return []
  return provider
    .listModels()
    .filter(({ id, kind }) => (kind ? kind === 'embedding' : looksLikeEmbedding.test(id)))
    .map(({ id, name }) => ({
      id: `${provider.id}/${id}`,
      name: provider.onDevice ? name : `${name} · ${provider.name}`,
      place: provider.onDevice ? 'on-device' : 'provider',
      dimensions: null
    }))
}

const usageOf = (tokens: number): Usage => ({
  input: { total: tokens, noCache: tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
})

const noEmbedder = (embedder: string): HomeportError =>
  new HomeportError('bad-request', `${embedder} is no embedder that Homeport can ask.`, {
    action: 'Choose the built-in one, or a model of a provider that offers embeddings.',
    param: 'embedder'
  })

const notConfirmed = (embedder: string): HomeportError =>
  new HomeportError('conflict', `Indexing with ${embedder} may cost money.`, {
    action: 'Look at the estimate, and confirm the cost.',
    param: 'costConfirmed'
  })
