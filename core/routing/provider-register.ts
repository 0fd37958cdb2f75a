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
  /** What else comes with Homeport. */
  builtIn?: readonly ModelProvider[]
  logger: Logger
}

/** What is saved of providers, on disk and with the secrets, and what can be called of it. */
export class ProviderRegister {
  readonly #repository: ProviderRepository
  readonly #secrets: ProviderSecrets
  readonly #adapters: readonly ProviderAdapter[]
  readonly #saved = new Map<string, Provider>()
  readonly #callable = new Map<string, ModelProvider>()
  readonly #seats = new Map<string, readonly ModelProvider[]>()

  constructor(options: ProviderRegisterOptions) {
    const { store, secrets, adapters, onDevice, builtIn = [], logger } = options
    this.#repository = new ProviderRepository(store)
    this.#secrets = secrets
    this.#adapters = adapters
    for (const own of [onDevice, ...builtIn]) this.#callable.set(own.id, own)
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

  /** The same provider once for each of its keys. */
  seatsOf(provider: ModelProvider): readonly ModelProvider[] {
    return this.#seats.get(provider.id) ?? [provider]
  }

  get adapters(): readonly ProviderAdapter[] {
    return this.#adapters
  }

  find(id: string): Provider {
    const provider = this.#saved.get(id)
    if (!provider) throw new HomeportError('not-found', `There is no provider ${id}.`)
    return provider
  }

  adapterOf(kind: string): ProviderAdapter {
    const adapter = this.#adapters.find((candidate) => candidate.kind === kind)
    if (!adapter) {
      const known = this.#adapters.map((candidate) => candidate.kind)
      throw new HomeportError('bad-request', `There is no kind of provider called ${kind}.`, {
        action: `There are: ${known.join(', ')}.`,
        param: 'kind'
      })
    }
    return adapter
  }

  configOf(provider: Provider, key: ProviderConfig['key']): ProviderConfig {
    const { id, name, baseUrl, models, options } = provider
    return { id, name, baseUrl, models, options, pricing: resolvePricing(provider.pricing, provider), key }
  }

  /** Reads a key on the first call and keeps it: a keychain can take longer than all else before the upstream. */
  savedKey(id: string, index: number): ProviderConfig['key'] {
    let key: string | null = null
    return async () => {
      key ??= await this.#secrets.get(secretName(id, index))
      return key
    }
  }

  /** How to read each of a provider's keys; of one without any, how to read none. */
  savedKeys({ id, keyCount }: Provider): ProviderConfig['key'][] {
    if (keyCount === 0) return [async () => null]
    return Array.from({ length: keyCount }, (_, index) => this.savedKey(id, index))
  }

  /** Its keys as they are saved. */
  async readKeys(id: string): Promise<string[]> {
    const count = this.#saved.get(id)?.keyCount ?? 0
    const keys = await Promise.all(
      Array.from({ length: count }, (_, index) => this.#secrets.get(secretName(id, index)))
    )
    return keys.filter((key) => key !== null)
  }

  /** Writes the provider, and its keys unless they are undefined and stay; both or neither. */
  async save(provider: Provider, keys?: readonly string[]): Promise<void> {
    const before = keys && (await this.readKeys(provider.id))
    if (keys) await this.#writeKeys(provider.id, keys, before?.length ?? 0)
    try {
      await this.#repository.save(provider)
    } catch (error) {
      if (keys && before) await this.#writeKeys(provider.id, before, keys.length)
      throw error
    }
    this.#install(provider)
  }

  async remove(id: string): Promise<void> {
    // first what is secret: whatever fails after it, no key is left behind that nobody sees
    await this.#writeKeys(id, [], this.find(id).keyCount)
    await this.#repository.delete(id)
    this.#saved.delete(id)
    this.#callable.delete(id)
    this.#seats.delete(id)
  }

  #install(provider: Provider): void {
    this.#saved.set(provider.id, provider)
    const adapter = this.adapterOf(provider.kind)
    const seats = this.savedKeys(provider).map((key) => adapter.create(this.configOf(provider, key)))
    const [first] = seats
    if (!first) throw new Error('a provider without a key has one seat')
    this.#callable.set(provider.id, first)
    this.#seats.set(provider.id, seats)
  }

  async #writeKeys(id: string, keys: readonly string[], countBefore: number): Promise<void> {
    for (const [index, key] of keys.entries()) await this.#secrets.set(secretName(id, index), key)
    for (let index = keys.length; index < Math.max(countBefore, 1); index++) {
      await this.#secrets.delete(secretName(id, index))
    }
  }
}

/** `provider/openai`, and `provider/openai/2` for its second key. */
const secretName = (id: string, index: number): string =>
  index === 0 ? `provider/${id}` : `provider/${id}/${index + 1}`
