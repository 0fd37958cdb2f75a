import { stringify } from 'yaml'
import { z } from 'zod'
import {
  type AppKey,
  type KeyLimits,
  keyLimitsSchema,
  noLimits,
  type UpdateAppKey
} from '../contract/access.ts'
import { type Alias, aliasTargetSchema, saveAliasSchema } from '../contract/aliases.ts'
import { addProviderSchema } from '../contract/models.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Aliases } from './aliases.ts'
import { invalidConfig, readConfigText } from './config-text.ts'
import type { ProviderDefinition, Providers } from './providers.ts'

/** App keys, as far as their limits are written down. */
export interface KeyLimitsStore {
  listKeys(): AppKey[]
  updateKey(id: string, change: UpdateAppKey): Promise<unknown>
}

export interface ConfigFileOptions {
  providers: Pick<Providers, 'list' | 'kinds' | 'put' | 'checked'>
  aliases: Pick<Aliases, 'list' | 'check' | 'saveAll'>
  keys: KeyLimitsStore
}

export interface ImportedConfig {
  providers: string[]
  aliases: string[]
  keysMissing: string[]
  limitsSkipped: string[]
}

/** Providers, aliases and the limits of app keys as one text that can be kept, compared and moved. It holds no key. */
export interface ConfigFile {
  export(): string
  /**
   * Adds and replaces what the text names, and removes nothing. Throws `bad-request` before anything is changed, when
   * anything in it is not as it must be.
   */
  import(yaml: string): Promise<ImportedConfig>
}

const { kind, name, options, pricing, models } = addProviderSchema.shape
const providerSchema = z.strictObject({
  id: addProviderSchema.shape.id,
  kind,
  name,
  baseUrl: addProviderSchema.shape.baseUrl,
  options,
  pricing,
  models: models.default([])
})
/** A target without weight and rule is written as its address alone. */
const targetSchema = z.union([
  z.string().transform((model) => aliasTargetSchema.parse({ model })),
  aliasTargetSchema
])
const configSchema = z.strictObject({
  version: z.literal(1),
  providers: z.array(providerSchema).max(200).default([]),
  aliases: z
    .record(z.string(), saveAliasSchema.extend({ targets: z.array(targetSchema).min(1).max(50) }))
    .default({}),
  /** By the names of app keys. */
  limits: z.record(z.string(), keyLimitsSchema.partial()).default({})
})
type Config = z.output<typeof configSchema>

const HEAD = '# Homeport: providers, aliases and limits. Keys are not part of it.\n'

export function createConfigFile({ providers, aliases, keys }: ConfigFileOptions): ConfigFile {
  const living = (): AppKey[] => keys.listKeys().filter(({ revokedAt }) => revokedAt === null)

  return {
    export() {
      const config = {
        version: 1,
        providers: providers.list().map(written),
        aliases: Object.fromEntries(aliases.list().map((alias) => [alias.name, writtenAlias(alias)])),
        limits: Object.fromEntries(living().flatMap(limitsOf))
      }
      return HEAD + stringify(config, { lineWidth: 0 })
    },

    async import(yaml) {
      const { value: config, placeOf } = readConfigText(yaml, configSchema)
      const definitions = config.providers.map(definitionOf)
      const named = new Set(definitions.map(({ id }) => id))
      if (named.size < definitions.length) throw invalidConfig('two providers have the same id')
      const wanted = Object.entries(config.aliases).map(([alias, rest]): Alias => ({ ...rest, name: alias }))
      for (const [index, definition] of definitions.entries()) {
        saying(placeOf(['providers', index]), () => providers.checked(definition))
      }
      for (const alias of wanted) {
        saying(placeOf(['aliases', alias.name]), () => aliases.check(alias, wanted, named))
      }

      for (const definition of definitions) await providers.put(definition)
      await aliases.saveAll(wanted)
      const limitsSkipped: string[] = []
      for (const [keyName, limits] of Object.entries(config.limits)) {
        const owners = living().filter((key) => key.name === keyName)
        if (owners.length === 0) limitsSkipped.push(keyName)
        for (const { id } of owners) await keys.updateKey(id, { limits })
      }
      const needing = new Set(providers.kinds().flatMap((one) => (one.needsKey ? [one.kind] : [])))
      const keysMissing = providers
        .list()
        .filter((provider) => named.has(provider.id) && !provider.hasKey && needing.has(provider.kind))
      return {
        providers: [...named],
        aliases: wanted.map((alias) => alias.name),
        keysMissing: keysMissing.map(({ id }) => id),
        limitsSkipped
      }
    }
  }
}

/** What is wrong with a thing is said with its place in the text. */
function saying(place: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof HomeportError)) throw error
    const { code, message, action, param } = error
    throw new HomeportError(code, `${place}: ${message}`, {
      ...(action !== null && { action }),
      ...(param !== null && { param })
    })
  }
}

const written = ({
  id,
  kind: one,
  name: shown,
  baseUrl,
  options: set,
  pricing: whose,
  models: all
}: ProviderDefinition) => ({
  id,
  kind: one,
  name: shown,
  baseUrl,
  ...(Object.keys(set).length > 0 && { options: set }),
  pricing: whose,
  models: all
})

/** What is as usual is left out. */
function writtenAlias({ strategy, targets, ...alias }: Alias) {
  const { fallbackOnRefusal, firstTokenTimeoutMs, idleTimeoutMs, knowledge } = alias
  return {
    strategy,
    targets: targets.map((target) => (target.weight === 1 && !target.when ? target.model : target)),
    ...(fallbackOnRefusal && { fallbackOnRefusal }),
    ...(knowledge && { knowledge }),
    ...(firstTokenTimeoutMs !== null && { firstTokenTimeoutMs }),
    ...(idleTimeoutMs !== null && { idleTimeoutMs })
  }
}

function limitsOf({ name: keyName, limits }: AppKey): [string, KeyLimits][] {
  const { requestsPerMinute, tokensPerMinute, onDeviceOnly, knowledge } = limits
  const isLimited =
    requestsPerMinute !== noLimits.requestsPerMinute ||
    tokensPerMinute !== noLimits.tokensPerMinute ||
    onDeviceOnly !== noLimits.onDeviceOnly ||
    knowledge !== undefined
  return isLimited ? [[keyName, limits]] : []
}

function definitionOf({
  id,
  kind: one,
  name: shown,
  baseUrl,
  ...rest
}: Config['providers'][number]): ProviderDefinition {
  return { id, kind: one, name: shown ?? id, baseUrl: baseUrl ?? '', ...rest }
}
