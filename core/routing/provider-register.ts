import type { Provider } from '../contract/models.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import type { ModelProvider, ProviderAdapter, ProviderConfig } from '../providers/spec/provider.ts'
import type { Reader, Writer } from '../store/store.ts'
import { resolvePricing } from './pricing.ts'
import { ProviderRepository } from './provider-repository.ts'

/** Where the keys lie. */
export interface ProviderSecrets {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

export interface ProviderRegisterOptions {
  store: Writer & { readonly homeport: Reader }
  secrets: ProviderSecrets
  adapters: readonly ProviderAdapter[]
  /** This machine's own engine. */
  onDevice: ModelProvider
  logger: Logger
}

/** What is saved of providers, on disk and with the secrets, and what can be called of it. */
export class ProviderRegister {
  readonly #repository: ProviderRepository
  readonly #secrets: ProviderSecrets
  readonly #adapters: readonly ProviderAdapter[]
  readonly #saved = new Map<string, Provider>()
  readonly #callable = new Map<string, ModelProvider>()

  constructor({ store, secrets, adapters, onDevice, logger }: ProviderRegisterOptions) {
    this.#repository = new ProviderRepository(store)
    this.#secrets = secrets
    this.#adapters = adapters
    this.#callable.set(onDevice.id, onDevice)
    for (const provider of this.#repository.list()) {
      try {
        this.#install(provider)
      } catch (error) {
        logger.warn({ provider: provider.id, error }, 'A provider cannot be used')
      }
    }
  }

  get saved(): ReadonlyMap<string, Provider> {
    return this.#saved
  }

  /** Those saved and this machine's own. */
  get callable(): ReadonlyMap<string, ModelProvider> {
    return this.#callable
  }

  find(id: string): Provider {
    const provider = this.#saved.get(id)
    if (!provider) throw new HomeportError('not-found', `There is no provider ${id}.`)
    return provider
  }

  adapterOf(kind: string): ProviderAdapter {
    const adapter = this.#adapters.find((candidate) => candidate.kind === kind)
    if (!adapter) throw new HomeportError('bad-request', `There is no kind of provider called ${kind}.`)
    return adapter
  }

  configOf(provider: Provider, key: ProviderConfig['key']): ProviderConfig {
    const { id, name, baseUrl, models, options } = provider
    return { id, name, baseUrl, models, options, pricing: resolvePricing(provider.pricing, baseUrl), key }
  }

  /** Reads the key on the first call and keeps it: a keychain can take longer than all else before the upstream. */
  savedKey({ id, hasKey }: Provider): ProviderConfig['key'] {
    let key: string | null = null
    return async () => {
      if (hasKey) key ??= await this.#secrets.get(secretName(id))
      return key
    }
  }

  /** Writes the provider, and its key unless that is undefined and stays; both or neither. */
  async save(provider: Provider, key?: string | null): Promise<void> {
    const name = secretName(provider.id)
    const keyBefore = key === undefined ? null : await this.#secrets.get(name)
    if (key !== undefined) await this.#writeKey(name, key)
    try {
      await this.#repository.save(provider)
    } catch (error) {
      if (key !== undefined) await this.#writeKey(name, keyBefore)
      throw error
    }
    this.#install(provider)
  }

  async remove(id: string): Promise<void> {
    // first what is secret: whatever fails after it, no key is left behind that nobody sees
    await this.#secrets.delete(secretName(id))
    await this.#repository.delete(id)
    this.#saved.delete(id)
    this.#callable.delete(id)
  }

  #install(provider: Provider): void {
    const config = this.configOf(provider, this.savedKey(provider))
    this.#saved.set(provider.id, provider)
    this.#callable.set(provider.id, this.adapterOf(provider.kind).create(config))
  }

  #writeKey(name: string, key: string | null): Promise<void> {
    return key === null ? this.#secrets.delete(name) : this.#secrets.set(name, key)
  }
}

const secretName = (id: string): string => `provider/${id}`
