import { type Alias, AUTO, aliasNameSchema, type SaveAlias } from '../contract/aliases.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Reader, Writer } from '../store/store.ts'
import { AliasRepository } from './alias-repository.ts'

export interface AliasesOptions {
  store: Writer & { readonly homeport: Reader }
  /** Whether there is a provider of this id. */
  isProvider(id: string): boolean
  /** Called after an alias was made, replaced or removed. */
  onChange(): void
}

/** The names that stand for models. They are in memory, so that a request asks no database. */
export interface Aliases {
  /** By name. */
  list(): Alias[]
  get(name: string): Alias | null
  /** Makes it, or replaces the one of the same name. Throws `bad-request` for a name or a target that cannot be. */
  save(name: string, definition: SaveAlias): Promise<Alias>
  /** All or none. `providers` are ids that will be there by then. Throws like `save`. */
  saveAll(aliases: readonly Alias[], providers?: ReadonlySet<string>): Promise<void>
  /** What `saveAll` would throw because of this one of `aliases`, before anything is changed. */
  check(alias: Alias, aliases: readonly Alias[], providers?: ReadonlySet<string>): void
  /** Throws `not-found`. */
  remove(name: string): Promise<void>
}

export function openAliases({ store, isProvider, onChange }: AliasesOptions): Aliases {
  const repository = new AliasRepository(store)
  const known = new Map(repository.list().map((alias) => [alias.name, alias]))

  const check: Aliases['check'] = (alias, aliases, providers = new Set()) => {
    const names = new Set([...known.keys(), ...aliases.map(({ name }) => name)])
    checkName(alias.name)
    for (const { model } of alias.targets) {
      const problem = problemOf(model, names, (id) => providers.has(id) || isProvider(id))
      if (problem) throw new HomeportError('bad-request', `${alias.name}: ${problem}`, { param: 'targets' })
    }
  }

  const saveAll = async (aliases: readonly Alias[], providers?: ReadonlySet<string>): Promise<void> => {
    for (const alias of aliases) check(alias, aliases, providers)
    if (aliases.length === 0) return
    await repository.save(aliases)
    for (const alias of aliases) known.set(alias.name, alias)
    onChange()
  }

  return {
    list: () => [...known.values()].sort((a, b) => a.name.localeCompare(b.name)),
    get: (name) => known.get(name) ?? null,
    check,
    saveAll,
    async save(name, definition) {
      const alias: Alias = { ...definition, name }
      await saveAll([alias])
      return alias
    },
    async remove(name) {
      if (!known.has(name)) throw new HomeportError('not-found', `There is no alias ${name}.`)
      await repository.delete(name)
      known.delete(name)
      onChange()
    }
  }
}

function checkName(name: string): void {
  const checked = aliasNameSchema.safeParse(name)
  if (checked.success) return
  const [issue] = checked.error.issues
  throw new HomeportError('bad-request', `"${name}" cannot be the name of an alias: ${issue?.message}.`, {
    param: 'name'
  })
}

/** What is wrong with a target, in words; null when it names a model of a provider. */
function problemOf(
  target: string,
  aliases: ReadonlySet<string>,
  isProvider: (id: string) => boolean
): string | null {
  if (target === AUTO || aliases.has(target)) {
    return `${target} is an alias itself; an alias stands for models of providers.`
  }
  const slash = target.indexOf('/')
  if (slash < 1 || slash === target.length - 1) return `"${target}" is no provider/model.`
  const provider = target.slice(0, slash)
  return isProvider(provider) ? null : `there is no provider ${provider}.`
}
