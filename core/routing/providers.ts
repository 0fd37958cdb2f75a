import type {
  AddProvider,
  DiscoveredServer,
  Model,
  Provider,
  ProviderTest,
  UpdateProvider
} from '../contract/models.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider, ProviderConfig } from '../providers/spec/provider.ts'
import { findLocalServers, isSameServer, type LocalServer, localServers } from './local-servers.ts'
import { ProviderRegister, type ProviderRegisterOptions } from './provider-register.ts'
import { type ModelTarget, resolveModel } from './resolve-model.ts'

export interface ProvidersOptions extends ProviderRegisterOptions {
  /** Whether it is known what a model costs, nothing included. */
  isPriced(pricing: ModelProvider['pricing'], model: string): boolean
  /** Called after the list of providers or models changed. */
  onChange(): void
  /** Where to look for servers on this machine. */
  localServers?: readonly LocalServer[]
}

/** The model servers a person added, beside this machine's own engine. Functions of it need no `this`. */
export interface Providers {
  /** Those the person added, in that order. */
  list(): Provider[]
  /**
   * Tests, then saves. Throws `bad-request` with the upstream's words when the test fails and `force` is not set,
   * `conflict` when the id is taken.
   */
  add(input: AddProvider): Promise<Provider>
  /** A changed address or key is tested first, as in `add`. Throws `not-found`. */
  update(id: string, patch: UpdateProvider): Promise<Provider>
  /** Removes its key too. Throws `not-found`. */
  remove(id: string): Promise<void>
  /** Asks the server now and keeps the result and the list of models. Throws `not-found`. */
  test(id: string): Promise<ProviderTest>
  /** Looks for known model servers on their usual ports of this machine. */
  discover(): Promise<DiscoveredServer[]>
  /** Every model that can be named in a request. */
  models(): Model[]
  /** Who answers for `provider/model`, or for a bare model id. Throws `not-found`. */
  resolve(address: string): ModelTarget
}

export function openProviders(options: ProvidersOptions): Providers {
  const register = new ProviderRegister(options)
  /** Ids that a change is under way for: it waits for an upstream, and another must not cross it. */
  const changing = new Set<string>()

  const exclusively = async <T>(id: string, change: () => Promise<T>): Promise<T> => {
    if (changing.has(id)) {
      throw new HomeportError('conflict', `The provider ${id} is being changed right now.`)
    }
    changing.add(id)
    try {
      return await change()
    } finally {
      changing.delete(id)
    }
  }

  const ask = (provider: Provider, key: ProviderConfig['key']): Promise<ProviderTest> =>
    register.adapterOf(provider.kind).test(register.configOf(provider, key), new AbortController().signal)

  /** The provider with the result of a test; throws when it failed and is not to be saved regardless. */
  const tested = async (
    provider: Provider,
    key: ProviderConfig['key'],
    force: boolean
  ): Promise<Provider> => {
    const test = await ask(provider, key)
    if (test.ok || force) return withTest(provider, test)
    throw new HomeportError('bad-request', test.message, { action: 'Correct it, or save it as it is.' })
  }

  const save = async (provider: Provider, key?: string | null): Promise<Provider> => {
    await register.save(provider, key)
    options.onChange()
    return provider
  }

  return {
    list: () => [...register.saved.values()],

    add: (input) =>
      exclusively(input.id, async () => {
        if (register.callable.has(input.id) || register.saved.has(input.id)) {
          throw new HomeportError('conflict', `The name ${input.id} is taken.`, { param: 'id' })
        }
        const key = readableKey(input.key)
        const draft: Provider = {
          id: input.id,
          kind: input.kind,
          name: input.name ?? input.id,
          baseUrl: register.adapterOf(input.kind).normalizeBaseUrl(input.baseUrl),
          hasKey: key !== null,
          pricing: input.pricing,
          models: input.models ?? [],
          createdAt: Date.now(),
          lastTest: null
        }
        return save(await tested(draft, async () => key, input.force), key)
      }),

    update: (id, patch) =>
      exclusively(id, async () => {
        const current = register.find(id)
        const key = patch.key === undefined ? undefined : readableKey(patch.key)
        const baseUrl =
          patch.baseUrl === undefined
            ? current.baseUrl
            : register.adapterOf(current.kind).normalizeBaseUrl(patch.baseUrl)
        if (current.hasKey && key === undefined && !isSameOrigin(baseUrl, current.baseUrl)) {
          throw new HomeportError('bad-request', 'The key was given for another server.', {
            action: 'Enter the key for the new address.',
            param: 'key'
          })
        }
        const draft: Provider = {
          ...current,
          name: patch.name ?? current.name,
          baseUrl,
          hasKey: key === undefined ? current.hasKey : key !== null,
          pricing: patch.pricing ?? current.pricing,
          models: patch.models ?? current.models
        }
        if (key === undefined && baseUrl === current.baseUrl) return save(draft)
        const readKey = key === undefined ? register.savedKey(current) : async () => key
        return save(await tested(draft, readKey, patch.force), key)
      }),

    remove: (id) =>
      exclusively(id, async () => {
        register.find(id)
        await register.remove(id)
        options.onChange()
      }),

    async test(id) {
      const asked = register.find(id)
      const test = await ask(asked, register.savedKey(asked))
      // changed or removed in the meantime: the result is of another server or key
      if (register.saved.get(id) === asked && !changing.has(id)) {
        await exclusively(id, () => save(withTest(asked, test)))
      }
      return test
    },

    async discover() {
      const found = await findLocalServers(options.localServers ?? localServers)
      const saved = [...register.saved.values()]
      return found.map((server) => ({
        ...server,
        alreadyAdded: saved.some(({ baseUrl }) => isSameServer(baseUrl, server.baseUrl))
      }))
    },

    models: () =>
      [...register.callable.values()].flatMap((provider) =>
        provider.listModels().map(({ id, name, contextTokens, abilities = {} }) => ({
          id: `${provider.id}/${id}`,
          providerId: provider.id,
          providerName: provider.name,
          name,
          onDevice: provider.onDevice,
          contextTokens,
          priced: options.isPriced(provider.pricing, id),
          abilities
        }))
      ),

    resolve: (address) => resolveModel(address, register.callable)
  }
}

/** Null for no key. Throws `bad-request` for one that no header can hold: a line break was pasted with it, say. */
function readableKey(key: string | null | undefined): string | null {
  if (!key) return null
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw new HomeportError(
    'bad-request',
    'The key holds spaces, line breaks or other characters that no key has.',
    { param: 'key' }
  )
}

const isSameOrigin = (one: string, other: string): boolean => new URL(one).origin === new URL(other).origin

function withTest(provider: Provider, { ok, message, latencyMs, models }: ProviderTest): Provider {
  return {
    ...provider,
    models: models.length > 0 ? models : provider.models,
    lastTest: { ok, at: Date.now(), message, latencyMs }
  }
}
