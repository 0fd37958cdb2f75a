import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AppKey, noLimits } from '../contract/access.ts'
import { saveAliasSchema } from '../contract/aliases.ts'
import { addProviderSchema } from '../contract/models.ts'
import { silentLogger } from '../lib/logger.ts'
import type { ModelProvider, ProviderAdapter } from '../providers/spec/provider.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { openAliases } from './aliases.ts'
import { createConfigFile } from './config-file.ts'
import { openProviders } from './providers.ts'

const SECRET = 'sk-very-secret'

const modelProvider = (id: string): ModelProvider => ({
  id,
  name: id,
  kind: 'test',
  onDevice: id === 'on-device',
  pricing: 'unknown',
  listModels: () => [],
  chat: () => Promise.reject(new Error('not called'))
})
const adapter: ProviderAdapter = {
  kind: 'vendor',
  label: 'Vendor',
  defaultBaseUrl: 'https://api.vendor.example',
  needsKey: true,
  options: [{ name: 'region', label: 'Region', hint: 'eu', required: false }],
  normalizeBaseUrl: (baseUrl) => new URL(baseUrl).href.replace(/\/$/, ''),
  create: ({ id }) => modelProvider(id),
  test: async () => ({ ok: true, message: 'Works.', latencyMs: 1, models: ['m'] })
}

const folders: string[] = []
const stores: Store[] = []
let keys: AppKey[]

/** A Homeport of its own. */
async function machine() {
  const folder = mkdtempSync(path.join(tmpdir(), 'homeport-config-'))
  folders.push(folder)
  const store = await openStore({ dataDir: folder, logger: silentLogger })
  stores.push(store)
  const secrets = new Map<string, string>()
  let changes = 0
  const onChange = () => void changes++
  const providers = openProviders({
    catalog: { find: () => null },
    store,
    secrets: {
      get: async (name) => secrets.get(name) ?? null,
      set: async (name, value) => void secrets.set(name, value),
      delete: async (name) => void secrets.delete(name)
    },
    adapters: [adapter],
    onDevice: modelProvider('on-device'),
    isPriced: () => false,
    onChange,
    logger: silentLogger,
    localServers: []
  })
  const aliases = openAliases({ store, isProvider: (id) => providers.callable.has(id), onChange })
  const config = createConfigFile({
    providers,
    aliases,
    keys: {
      listKeys: () => keys,
      updateKey: async (id, { limits }) => {
        keys = keys.map((key) =>
          key.id === id ? { ...key, limits: { ...key.limits, ...limits } as AppKey['limits'] } : key
        )
      }
    }
  })
  return { providers, aliases, config, secrets, changes: () => changes }
}

beforeEach(() => {
  const times = { createdAt: 1, lastUsedAt: null, revokedAt: null, pausedAt: null }
  const key = { ...times, prefix: 'hp_', limits: noLimits }
  keys = [
    { ...key, id: '1', name: 'Editor', limits: { ...noLimits, requestsPerMinute: 60 } },
    { ...key, id: '2', name: 'Script' }
  ]
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function filled() {
  const made = await machine()
  const add = (more: object) => made.providers.add(addProviderSchema.parse({ kind: 'vendor', ...more }))
  await add({ id: 'work', name: 'Work', key: SECRET, moreKeys: ['sk-other'], options: { region: 'eu' } })
  await add({ id: 'home', baseUrl: 'http://127.0.0.1:9/v1', pricing: 'free', models: ['a', 'b'] })
  await made.aliases.save(
    'team',
    saveAliasSchema.parse({
      strategy: 'rules',
      targets: [{ model: 'work/m', when: { hasCode: true, maxTokens: 100 } }, { model: 'on-device/x' }],
      fallbackOnRefusal: true,
      knowledge: ['vault/Food'],
      idleTimeoutMs: 5000
    })
  )
  return made
}

describe('the configuration', () => {
  it('comes to the same on another machine, key by key of the text', async () => {
    const source = await filled()
    const yaml = source.config.export()
    keys = keys.map((key) => ({ ...key, limits: noLimits }))
    const target = await machine()
    expect(await target.config.import(yaml)).toEqual({
      providers: ['work', 'home'],
      aliases: ['team'],
      keysMissing: ['work', 'home'],
      limitsSkipped: []
    })
    expect(target.config.export()).toBe(yaml)
    expect(target.aliases.list()).toEqual(source.aliases.list())
    expect(target.providers.callable.has('work')).toBe(true)
    expect(keys.map(({ limits }) => limits.requestsPerMinute)).toEqual([60, null])
  })

  it('holds no key', async () => {
    const { config, secrets } = await filled()
    expect([...secrets.values()]).toContain(SECRET)
    expect(config.export()).not.toMatch(/sk-/)
  })

  it('keeps the keys of providers that it replaces, and removes nothing', async () => {
    const { config, providers, secrets } = await filled()
    const yaml = 'version: 1\nproviders:\n  - {id: work, kind: vendor, name: Renamed}\n'
    expect(await config.import(yaml)).toMatchObject({ keysMissing: [] })
    expect(providers.list().map(({ id, name, hasKey }) => [id, name, hasKey])).toEqual([
      ['work', 'Renamed', true],
      ['home', 'home', false]
    ])
    expect(secrets.get('provider/work')).toBe(SECRET)
    expect(secrets.get('provider/work/2')).toBe('sk-other')
  })

  it('leaves out limits of programs that are not there, and says so', async () => {
    const { config } = await filled()
    expect(await config.import('version: 1\nlimits:\n  Nobody: {onDeviceOnly: true}\n')).toMatchObject({
      limitsSkipped: ['Nobody']
    })
  })

  it.each([
    ['no YAML', '{a: [', /no YAML/],
    ['another version', 'version: 2', /version/],
    ['an unknown field', 'version: 1\nsecrets: {}', /secrets/],
    ['an unknown field of a provider', 'version: 1\nproviders: [{id: a, kind: vendor, key: x}]', /key/],
    ['an unknown kind', 'version: 1\nproviders: [{id: a, kind: nothing}]', /kind of provider/],
    ['an unknown option', 'version: 1\nproviders: [{id: a, kind: vendor, options: {x: y}}]', /no option "x"/],
    ['a provider twice', 'version: 1\nproviders: [{id: a, kind: vendor}, {id: a, kind: vendor}]', /same id/],
    ['this machine’s own', 'version: 1\nproviders: [{id: on-device, kind: vendor}]', /own/],
    [
      'a key that would go elsewhere',
      'version: 1\nproviders: [{id: work, kind: vendor, baseUrl: "https://evil.example"}]',
      /another server/
    ],
    ['a target that is nowhere', 'version: 1\naliases: {x: {targets: [nobody/m]}}', /no provider nobody/],
    [
      'an alias of an alias',
      'version: 1\naliases: {x: {targets: [y]}, y: {targets: [work/m]}}',
      /alias itself/
    ],
    ['a name that cannot be', 'version: 1\naliases: {auto: {targets: [work/m]}}', /auto/],
    ['a limit that is none', 'version: 1\nlimits: {Editor: {requestsPerMinute: 0}}', /requestsPerMinute/],
    [
      'a bomb of references',
      `version: 1\na: &a [1,1]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n'}`,
      /cannot be taken/
    ]
  ])('with %s is refused whole', async (_, yaml, message) => {
    const { config, changes } = await filled()
    const before = config.export()
    const changesBefore = changes()
    await expect(config.import(yaml)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(message)
    })
    expect(config.export()).toBe(before)
    expect(changes()).toBe(changesBefore)
  })

  it.each([
    ['version: 2', 'line 1, version: it must be 1'],
    ['providers: []', 'line 1, version: it is missing'],
    ['- a', 'line 1: it must be a group of settings'],
    ['version: 1\n\nsecrets: {}', 'line 3, secrets: there is no such setting'],
    [
      'version: 1\nproviders:\n  - id: a\n    kind: vendor\n    key: x',
      'line 5, providers[0].key: there is no such setting'
    ],
    ['version: 1\nproviders:\n  - kind: vendor', 'line 3, providers[0].id: it is missing'],
    [
      'version: 1\nproviders:\n  - id: Caps\n    kind: vendor',
      'line 3, providers[0].id: use lower-case letters, digits, dots and dashes, at most 40'
    ],
    [
      'version: 1\naliases:\n  x:\n    targets: []',
      'line 4, aliases.x.targets: it must have at least one entry'
    ],
    [
      'version: 1\naliases:\n  x:\n    targets: [work/m]\n    strategy: best',
      'line 5, aliases.x.strategy: it must be one of priority, weighted, round-robin, least-busy, lowest-latency, lowest-cost, capability, rules'
    ],
    [
      'version: 1\naliases:\n  x:\n    targets:\n      - work/m\n      - model: work/m\n        weight: much',
      'line 7, aliases.x.targets[1].weight: it must be a number'
    ],
    [
      'version: 1\naliases:\n  x:\n    targets: [7]',
      'line 4, aliases.x.targets[0]: it must be a text or a group of settings'
    ],
    [
      'version: 1\nlimits:\n  Editor:\n    onDeviceOnly: 1',
      'line 4, limits.Editor.onDeviceOnly: it must be true or false'
    ],
    ['version: 1\nproviders: {}', 'line 2, providers: it must be a list'],
    ['version: 1\nversion: 1', 'line 2 is no YAML: Map keys must be unique']
  ])('says where it is wrong, and how: %j', async (yaml, words) => {
    const { config } = await filled()
    await expect(config.import(yaml)).rejects.toThrow(`This configuration cannot be taken: ${words}.`)
  })

  it.each([
    [
      'version: 1\nproviders:\n  - {id: a, kind: vendor}\n  - {id: b, kind: nothing}',
      'line 4, providers[1]: There is no kind of provider called nothing.'
    ],
    [
      'version: 1\naliases:\n  x: {targets: [work/m]}\n  y: {targets: [nobody/m]}',
      'line 4, aliases.y: y: there is no provider nobody.'
    ]
  ])('says where that is which cannot be saved: %j', async (yaml, words) => {
    const { config } = await filled()
    await expect(config.import(yaml)).rejects.toThrow(words)
  })

  it('changes nothing when what comes last is wrong', async () => {
    const { config, providers } = await filled()
    const yaml = 'version: 1\nproviders: [{id: new, kind: vendor}]\naliases: {x: {targets: [nobody/m]}}\n'
    await expect(config.import(yaml)).rejects.toThrow(/nobody/)
    expect(providers.list().map(({ id }) => id)).toEqual(['work', 'home'])
  })
})
