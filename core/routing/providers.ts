import { orSaveAsItIs } from '../contract/failed-test.ts'
import type {
  AddProvider,
  DiscoveredServer,
  Model,
  Provider,
  ProviderKind,
  ProviderTest,
  UpdateProvider
} from '../contract/models.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider, ProviderConfig } from '../providers/spec/provider.ts'
import { type KeyTests, readKeyTests } from './key-tests.ts'
import { knownModel } from './known-model.ts'
import {
  findLocalServers,
  isLoopback,
  isSameServer,
  type LocalServer,
  localServers
} from './local-servers.ts'
import type { ModelCatalog } from './model-catalog.ts'
import { baseUrlOf, changedKeys, keysOf, optionsOf, pricingOf } from './provider-input.ts'
import { ProviderRegister, type ProviderRegisterOptions } from './provider-register.ts'
import type { Health } from './target-health.ts'

export interface ProvidersOptions extends ProviderRegisterOptions {
  /** Whether it is known what a model costs, nothing included. */
  isPriced(pricing: ModelProvider['pricing'], model: string): boolean
  /** What models can do of which their provider says nothing. */
  catalog: ModelCatalog
  /** Called after the list of providers or models changed. */
  onChange(): void
  /** Told when a provider was changed, or works: what was held against it is forgotten. */
  health?: Pick<Health, 'forgive'>
  /** Where to look for servers on this machine. */
  localServers?: readonly LocalServer[]
}

/** A provider as it is written down, without its keys. */
export type ProviderDefinition = Pick<
  Provider,
  'id' | 'kind' | 'name' | 'baseUrl' | 'options' | 'pricing' | 'models'
>

/** The model servers a person added, beside this machine's own engine. Functions of it need no `this`. */
export interface Providers {
  /** Those the person added, in that order. */
  list(): Provider[]
  /** What can be added. */
  kinds(): ProviderKind[]
  /**
   * Tests, then saves. Throws `bad-request` with the upstream's words when the test fails and `force` is not set,
   * `conflict` when the id is taken.
   */
  add(input: AddProvider): Promise<Provider>
  /**
   * Adds or replaces it without asking anybody; it keeps the keys it has. Throws what `checked` throws.
   */
  put(definition: ProviderDefinition): Promise<Provider>
  /** What `put` would save. Throws `bad-request` for what cannot be, or when a saved key would go to another server. */
  checked(definition: ProviderDefinition): Provider
  /**
   * A changed address or key is tested first, as in `add`. Further keys without a first one are added to those it has.
   * Throws `not-found`.
   */
  update(id: string, patch: UpdateProvider): Promise<Provider>
  /** Removes its key too. Throws `not-found`. */
  remove(id: string): Promise<void>
  /**
   * Asks the server now, with each key, and keeps the result and the list of models. It works if one of the keys does.
   * Throws `not-found`.
   */
  test(id: string): Promise<ProviderTest>
  /** Looks for known model servers on their usual ports of this machine. */
  discover(): Promise<DiscoveredServer[]>
  /** Every model that can be named in a request. */
  models(): Model[]
  /** Who can be called, by id, this machine's own engine among them. */
  readonly callable: ReadonlyMap<string, ModelProvider>
  /** The same provider once for each of its keys; itself where it has none. */
  seatsOf(provider: ModelProvider): readonly ModelProvider[]
  /** Whether it has no key, its kind asks for one, and it has not answered without. */
  lacksKey(provider: ModelProvider): boolean
  /** Whether its address is on this machine. What it does with a request is unknown all the same: it may pass it on. */
  isLocalServer(provider: ModelProvider): boolean
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

  const ask = async (provider: Provider, keys: ProviderConfig['key'][]): Promise<KeyTests> => {
    const adapter = register.adapterOf(provider.kind)
    const tests = await Promise.all(
      keys.map((key) => adapter.test(register.configOf(provider, key), new AbortController().signal))
    )
    return readKeyTests(tests)
  }

  /** The provider with the result of a test; throws when a key failed it and is not to be saved regardless. */
  const tested = async (
    provider: Provider,
    keys: ProviderConfig['key'][],
    force: boolean
  ): Promise<Provider> => {
    const { test, problem } = await ask(provider, keys)
    if (problem === null || force) return withTest(provider, test)
    throw new HomeportError('bad-request', problem, { action: orSaveAsItIs })
  }

  const save = async (provider: Provider, keys?: readonly string[]): Promise<Provider> => {
    await register.save(provider, keys)
    if (provider.lastTest?.ok !== false) options.health?.forgive(provider.id)
    options.onChange()
    return provider
  }

  const checked = (definition: ProviderDefinition): Provider => {
    const { id, kind, name, pricing, models } = definition
    const current = register.saved.get(id)
    if (!current && register.callable.has(id)) {
      throw new HomeportError('bad-request', `The name ${id} is Homeport's own.`, { param: 'id' })
    }
    const adapter = register.adapterOf(kind)
    const baseUrl = baseUrlOf(adapter, definition.baseUrl)
    if (current?.hasKey && !isSameOrigin(baseUrl, current.baseUrl)) throw keyOfAnotherServer(id)
    return {
      id,
      kind,
      name,
      baseUrl,
      hasKey: current?.hasKey ?? false,
      keyCount: current?.keyCount ?? 0,
      options: optionsOf(adapter, definition.options),
      pricing: pricingOf(pricing),
      models,
      createdAt: current?.createdAt ?? Date.now(),
      lastTest: current?.baseUrl === baseUrl ? current.lastTest : null
    }
  }

  return {
    checked,
    put: (definition) => exclusively(definition.id, () => save(checked(definition))),

    list: () => [...register.saved.values()],

    kinds: () =>
      register.adapters.map(({ kind, label, defaultBaseUrl, needsKey, options: known }) => ({
        kind,
        label,
        defaultBaseUrl,
        needsKey,
        options: [...known]
      })),

    add: (input) =>
      exclusively(input.id, async () => {
        if (register.callable.has(input.id) || register.saved.has(input.id)) {
          throw new HomeportError('conflict', `The name ${input.id} is taken.`, { param: 'id' })
        }
        const adapter = register.adapterOf(input.kind)
        const keys = keysOf(input)
        const draft: Provider = {
          id: input.id,
          kind: input.kind,
          name: input.name ?? input.id,
          baseUrl: baseUrlOf(adapter, input.baseUrl),
          hasKey: keys.length > 0,
          keyCount: keys.length,
          options: optionsOf(adapter, input.options),
          pricing: pricingOf(input.pricing),
          models: input.models ?? [],
          createdAt: Date.now(),
          lastTest: null
        }
        return save(await tested(draft, readersOf(keys), input.force), keys)
      }),

    update: (id, patch) =>
      exclusively(id, async () => {
        const current = register.find(id)
        const adapter = register.adapterOf(current.kind)
        const keys = await changedKeys(patch, () => register.readKeys(id))
        const baseUrl = patch.baseUrl === undefined ? current.baseUrl : baseUrlOf(adapter, patch.baseUrl)
        const keepsKeys = patch.key === undefined && current.hasKey
        if (keepsKeys && !isSameOrigin(baseUrl, current.baseUrl)) throw keyOfAnotherServer(id)
        const keyCount = keys?.length ?? current.keyCount
        const draft: Provider = {
          ...current,
          name: patch.name ?? current.name,
          baseUrl,
          hasKey: keyCount > 0,
          keyCount,
          options: patch.options === undefined ? current.options : optionsOf(adapter, patch.options),
          pricing: patch.pricing === undefined ? current.pricing : pricingOf(patch.pricing),
          models: patch.models ?? current.models
        }
        if (keys === undefined && patch.options === undefined && baseUrl === current.baseUrl)
          return save(draft)
        const readers = keys ? readersOf(keys) : register.savedKeys(current)
        return save(await tested(draft, readers, patch.force), keys)
      }),

    remove: (id) =>
      exclusively(id, async () => {
        register.find(id)
        await register.remove(id)
        options.onChange()
      }),

    async test(id) {
      const asked = register.find(id)
      const { test } = await ask(asked, register.savedKeys(asked))
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
        provider.listModels().map((model) => ({
          id: `${provider.id}/${model.id}`,
          providerId: provider.id,
          providerName: provider.name,
          name: model.name,
          ...(model.kind && { kind: model.kind }),
          onDevice: provider.onDevice,
          priced: options.isPriced(provider.pricing, model.id),
          ...knownModel(options.catalog, provider, model)
        }))
      ),

    callable: register.callable,
    seatsOf: (provider) => register.seatsOf(provider),

    lacksKey({ id }) {
      const saved = register.saved.get(id)
      if (!saved || saved.hasKey || saved.lastTest?.ok) return false
      return register.adapterOf(saved.kind).needsKey
    },
    isLocalServer({ id }) {
      const saved = register.saved.get(id)
      return saved !== undefined && isLoopback(new URL(saved.baseUrl).hostname)
    }
  }
}

/** A provider without a key is asked once, too. */
const readersOf = (keys: readonly string[]): ProviderConfig['key'][] =>
  keys.length === 0 ? [async () => null] : keys.map((key) => async () => key)

const keyOfAnotherServer = (id: string): HomeportError =>
  new HomeportError('bad-request', `The key of ${id} was given for another server.`, {
    action: 'Enter the key for the new address.',
    param: 'key'
  })

const isSameOrigin = (one: string, other: string): boolean => new URL(one).origin === new URL(other).origin

function withTest(provider: Provider, { ok, message, latencyMs, models }: ProviderTest): Provider {
  return {
    ...provider,
    models: models.length > 0 ? models : provider.models,
    lastTest: { ok, at: Date.now(), message, latencyMs }
  }
}
