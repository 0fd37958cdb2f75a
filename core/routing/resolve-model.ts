import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { closeMatches } from './close-matches.ts'

export interface ModelTarget {
  provider: ModelProvider
  /** The model's id at the provider. */
  model: string
}

/**
 * Who answers for an address. `provider/model` comes first, and the model need not be on the provider's list (servers
 * have models they do not list), unless it would have to be on this machine. A bare model id counts when exactly one
 * provider offers it. Throws `not-found`, naming what is spelled alike, or `bad-request` when several offer it.
 */
export function resolveModel(address: string, providers: ReadonlyMap<string, ModelProvider>): ModelTarget {
  const slash = address.indexOf('/')
  const named = slash === -1 ? undefined : providers.get(address.slice(0, slash))
  const model = address.slice(slash + 1)
  if (named && model !== '' && (!named.onDevice || offers(named, model))) return { provider: named, model }

  const offering = [...providers.values()].filter((provider) => offers(provider, address))
  const [provider, another] = offering
  if (provider && !another) return { provider, model: address }
  if (provider) throw ambiguous(address, offering)
  throw unknown(address, providers)
}

const offers = (provider: ModelProvider, model: string): boolean =>
  provider.listModels().some(({ id }) => id === model)

function ambiguous(model: string, offering: readonly ModelProvider[]): HomeportError {
  const addresses = offering.map(({ id }) => `${id}/${model}`)
  return new HomeportError('bad-request', `Several providers have ${model}.`, {
    action: `Ask for one of them: ${addresses.join(', ')}.`,
    param: 'model'
  })
}

function unknown(address: string, providers: ReadonlyMap<string, ModelProvider>): HomeportError {
  const addresses = [...providers.values()].flatMap((provider) =>
    provider.listModels().map(({ id }) => `${provider.id}/${id}`)
  )
  const similar = closeMatches(address, addresses)
  const hint = similar.length > 0 ? ` Did you mean ${similar.join(' or ')}?` : ''
  return new HomeportError('not-found', `There is no model ${shortened(address)}.${hint}`, {
    action:
      addresses.length > 0
        ? 'Models are named provider/model; GET /v1/models lists them.'
        : 'Add a provider or a model file first.',
    param: 'model'
  })
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text)
