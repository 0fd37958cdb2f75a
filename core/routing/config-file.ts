import { parse, stringify } from 'yaml'
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
      const config = read(yaml)
      const definitions = config.providers.map(definitionOf)
      const named = new Set(definitions.map(({ id }) => id))
      if (named.size < definitions.length) throw invalid('providers: two have the same id')
      const wanted = Object.entries(config.aliases).map(([alias, rest]): Alias => ({ ...rest, name: alias }))
      for (const definition of definitions) providers.checked(definition)
      aliases.check(wanted, named)

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

/** Throws `bad-request` with the place of the first thing that is wrong. */
function read(yaml: string): Config {
  let value: unknown
  try {
    value = parse(yaml, { prettyErrors: true, maxAliasCount: 10 })
  } catch (error) {
    throw invalid(`it is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`)
  }
  const checked = configSchema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw invalid([issue?.path.map(String).join('.'), issue?.message].filter(Boolean).join(': '))
}

const invalid = (what: string): HomeportError =>
  new HomeportError('bad-request', `This configuration cannot be taken: ${what}.`, { param: 'yaml' })

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
  const { fallbackOnRefusal, firstTokenTimeoutMs, idleTimeoutMs } = alias
  return {
    strategy,
    targets: targets.map((target) => (target.weight === 1 && !target.when ? target.model : target)),
    ...(fallbackOnRefusal && { fallbackOnRefusal }),
    ...(firstTokenTimeoutMs !== null && { firstTokenTimeoutMs }),
    ...(idleTimeoutMs !== null && { idleTimeoutMs })
  }
}

function limitsOf({ name: keyName, limits }: AppKey): [string, KeyLimits][] {
  const { requestsPerMinute, tokensPerMinute, onDeviceOnly } = limits
  const isLimited =
    requestsPerMinute !== noLimits.requestsPerMinute ||
    tokensPerMinute !== noLimits.tokensPerMinute ||
    onDeviceOnly !== noLimits.onDeviceOnly
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
