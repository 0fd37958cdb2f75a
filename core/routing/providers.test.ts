import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, type FakeUpstreamOptions, fakeModels } from '../../test/support/fake-upstream.ts'
import { addProviderSchema } from '../contract/models.ts'
import type { ProviderAdapter } from '../providers/spec/provider.ts'
import type { Store } from '../store/store.ts'
import { input, onDevice, openRig, type ProvidersRig, plainCall, rootOf } from './providers.test-support.ts'
import type { Providers, ProvidersOptions } from './providers.ts'
import { resolveModel } from './resolve-model.ts'

const KEY = 'sk-test-secret'

let rig: ProvidersRig
let store: Store
let secrets: Map<string, string>
let providers: Providers

beforeEach(async () => {
  rig = await openRig()
  ;({ store, secrets } = rig)
  providers = open()
})
afterEach(() => rig.close())

const open = (options?: Partial<ProvidersOptions>): Providers => rig.open(options)
const upstream = (options?: FakeUpstreamOptions): Promise<FakeUpstream> => rig.upstream(options)

/** Asks a model, and gives the key that the upstream was sent. */
async function keySent(server: FakeUpstream): Promise<string | undefined> {
  const { provider, model } = resolveModel(`fake/${fakeModels.small}`, providers.callable)
  await provider.chat(plainCall(model))
  return server.requests.at(-1)?.headers.authorization
}

describe('add', () => {
  it('tests, saves with the models of the upstream, and can be called', async () => {
    const server = await upstream({ apiKey: KEY })
    const added = await providers.add(
      input(`${rootOf(server)}/v1/chat/completions`, { key: KEY, name: 'Fake' })
    )
    expect(added).toMatchObject({
      id: 'fake',
      name: 'Fake',
      baseUrl: `${rootOf(server)}/v1`,
      hasKey: true,
      models: Object.values(fakeModels).sort(),
      lastTest: { ok: true, message: `Works. ${Object.keys(fakeModels).length} models.` }
    })
    expect(providers.list()).toEqual([added])
    expect(rig.changes()).toBe(1)
    expect(await keySent(server)).toBe(`Bearer ${KEY}`)
  })

  it('is there again after a restart, with its key', async () => {
    const server = await upstream({ apiKey: KEY })
    await providers.add(input(rootOf(server), { key: KEY }))
    const before = providers.list()
    providers = open()
    expect(providers.list()).toEqual(before)
    expect(await keySent(server)).toBe(`Bearer ${KEY}`)
  })

  it('keeps the key with the secrets and nowhere else', async () => {
    const server = await upstream({ apiKey: KEY })
    await providers.add(input(rootOf(server), { key: KEY }))
    expect([...secrets]).toEqual([['provider/fake', KEY]])
    expect(JSON.stringify(providers.list())).not.toContain(KEY)
    await store.close()
    for (const file of readdirSync(rig.folder, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(readFileSync(path.join(file.parentPath, file.name)).includes(KEY)).toBe(false)
    }
  })

  it.each([
    ['a refused key', { key: 'sk-wrong' }, /refused the provider's key \(401\)/],
    ['a missing key', {}, /wants a key/]
  ])('refuses %s in words, and saves nothing', async (_, more, message) => {
    const server = await upstream({ apiKey: KEY })
    await expect(providers.add(input(rootOf(server), more))).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(message)
    })
    expect(providers.list()).toEqual([])
    expect(secrets.size).toBe(0)
    expect(rig.changes()).toBe(0)
  })

  it('refuses a server that is not there', async () => {
    const server = await upstream()
    await server.close()
    await expect(providers.add(input(rootOf(server)))).rejects.toThrow(/connection refused/)
  })

  it('saves what fails its test when told to, and remembers why', async () => {
    const server = await upstream({ apiKey: KEY })
    const added = await providers.add(input(rootOf(server), { force: true, models: ['mine'] }))
    expect(added).toMatchObject({ models: ['mine'], lastTest: { ok: false, latencyMs: null } })
    expect(added.lastTest?.message).toMatch(/wants a key/)
  })

  it('takes the models a person typed where the upstream has no list', async () => {
    const server = await upstream({ noModelList: true })
    const added = await providers.add(input(rootOf(server), { models: ['mine'] }))
    expect(added).toMatchObject({ models: ['mine'], lastTest: { ok: true } })
    expect(added.lastTest?.message).toMatch(/no list of models/)
  })

  it('refuses prices that nobody has, also in a change', async () => {
    const server = await upstream()
    const refusal = { code: 'bad-request', param: 'pricing', message: 'There are no prices of "opnai".' }
    await expect(providers.add(input(rootOf(server), { pricing: 'opnai' }))).rejects.toMatchObject(refusal)
    await providers.add(input(rootOf(server), { pricing: 'openai' }))
    await expect(providers.update('fake', { pricing: 'opnai', force: true })).rejects.toMatchObject(refusal)
    expect(providers.list()).toMatchObject([{ pricing: 'openai' }])
  })

  it.each(['on-device', 'fake'])('refuses the id %s, which is taken', async (id) => {
    const server = await upstream()
    await providers.add(input(rootOf(server)))
    await expect(providers.add(input(rootOf(server), { id }))).rejects.toMatchObject({ code: 'conflict' })
    expect(providers.list()).toHaveLength(1)
  })

  it('lets one of two take an id that are added at once', async () => {
    const server = await upstream({ apiKey: KEY })
    const results = await Promise.allSettled([
      providers.add(input(rootOf(server), { key: KEY })),
      providers.add(input(rootOf(server), { key: KEY }))
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(secrets.get('provider/fake')).toBe(KEY)
  })

  it('refuses an address or a key that cannot be right, without asking anybody', async () => {
    const server = await upstream()
    await expect(providers.add(input('http://api.example.com', { force: true }))).rejects.toMatchObject({
      code: 'bad-request',
      param: 'baseUrl'
    })
    await expect(
      providers.add(input(rootOf(server), { key: 'sk-a\r\nx: y', force: true }))
    ).rejects.toMatchObject({
      code: 'bad-request',
      param: 'key'
    })
    expect(server.requests).toEqual([])
  })

  it('leaves no key behind when the row cannot be written', async () => {
    const server = await upstream()
    const failing: Store = Object.assign(Object.create(store), {
      write: () => Promise.reject(new Error('disk full'))
    })
    providers = open({ store: failing })
    await expect(providers.add(input(rootOf(server), { key: KEY }))).rejects.toThrow('disk full')
    expect(secrets.size).toBe(0)
    expect(providers.list()).toEqual([])
  })
})

describe('update', () => {
  it('changes name and pricing without asking the upstream', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server)))
    const asked = server.requests.length
    expect(await providers.update('fake', { name: 'New', pricing: 'free', force: false })).toMatchObject({
      name: 'New',
      pricing: 'free'
    })
    expect(server.requests).toHaveLength(asked)
    expect(resolveModel('fake/x', providers.callable).provider).toMatchObject({
      name: 'New',
      pricing: 'free'
    })
  })

  it('sends a changed key from the next call on', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server), { key: 'sk-old' }))
    await keySent(server)
    await providers.update('fake', { key: 'sk-new', force: false })
    expect(await keySent(server)).toBe('Bearer sk-new')
    await providers.update('fake', { key: null, force: false })
    expect(await keySent(server)).toBeUndefined()
    expect(secrets.size).toBe(0)
    expect(providers.list()).toMatchObject([{ hasKey: false }])
  })

  it('does not send a saved key to another server', async () => {
    const server = await upstream()
    const other = await upstream()
    await providers.add(input(rootOf(server), { key: KEY }))
    const moved = { baseUrl: rootOf(other), force: true }
    await expect(providers.update('fake', moved)).rejects.toMatchObject({ code: 'bad-request', param: 'key' })
    expect(other.requests).toEqual([])
    expect(await providers.update('fake', { ...moved, key: 'sk-other' })).toMatchObject({
      baseUrl: `${rootOf(other)}/v1`
    })
    expect(await keySent(other)).toBe('Bearer sk-other')
  })

  it('keeps all as it was when the test fails', async () => {
    const server = await upstream({ apiKey: KEY })
    await providers.add(input(rootOf(server), { key: KEY }))
    const before = providers.list()
    await expect(providers.update('fake', { key: 'sk-wrong', force: false })).rejects.toThrow(/refused/)
    expect(providers.list()).toEqual(before)
    expect(secrets.get('provider/fake')).toBe(KEY)
  })

  it('throws not-found for an unknown id', async () => {
    await expect(providers.update('nobody', { force: false })).rejects.toMatchObject({ code: 'not-found' })
    await expect(providers.remove('nobody')).rejects.toMatchObject({ code: 'not-found' })
    await expect(providers.test('on-device')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a kind', () => {
  const vendor: ProviderAdapter = {
    kind: 'vendor',
    label: 'Vendor',
    defaultBaseUrl: 'https://api.vendor.example',
    needsKey: true,
    options: [
      { name: 'apiVersion', label: 'API version', hint: 'As in 2024-10-21.', required: true },
      { name: 'region', label: 'Region', hint: 'As in eu.', required: false }
    ],
    normalizeBaseUrl: (baseUrl) => baseUrl,
    create: ({ id, options }) => ({ ...onDevice, id, name: JSON.stringify(options), onDevice: false }),
    test: async () => ({ ok: true, message: 'Works.', latencyMs: 1, models: [] })
  }
  const adding = (more: object) =>
    providers.add(addProviderSchema.parse({ id: 'v', kind: 'vendor', ...more }))
  beforeEach(() => {
    providers = open({ adapters: [vendor] })
  })

  it('is listed with what it asks for', () => {
    const { kind, label, defaultBaseUrl, needsKey, options } = vendor
    expect(providers.kinds()).toEqual([{ kind, label, defaultBaseUrl, needsKey, options }])
  })

  it('has its usual address and its own options, which reach its adapter', async () => {
    const added = await adding({ options: { apiVersion: '1', region: ' ' } })
    expect(added).toMatchObject({ baseUrl: 'https://api.vendor.example', options: { apiVersion: '1' } })
    expect(providers.callable.get('v')?.name).toBe('{"apiVersion":"1"}')
    await providers.update('v', { options: { apiVersion: '2' }, force: false })
    expect(providers.callable.get('v')?.name).toBe('{"apiVersion":"2"}')
  })

  it.each([
    [{ kind: 'nothing' }, /no kind of provider called nothing/],
    [{ options: {} }, /needs the option "apiVersion"/],
    [{ options: { apiVersion: '1', colour: 'red' } }, /no option "colour"/]
  ])('refuses %j', async (more, message) => {
    await expect(adding(more)).rejects.toThrow(message)
    expect(providers.list()).toEqual([])
  })
})

describe('what was held against a provider', () => {
  it('is forgiven when it works or was changed, not when its test fails', async () => {
    const forgiven: string[] = []
    providers = open({ health: { forgive: (id) => void forgiven.push(id) } })
    const server = await upstream({ apiKey: KEY })
    await providers.add(input(rootOf(server), { key: 'sk-wrong', force: true }))
    await providers.test('fake')
    expect(forgiven).toEqual([])
    await providers.update('fake', { key: KEY, force: false })
    expect(forgiven).toEqual(['fake'])
  })
})

describe('remove', () => {
  it('removes the provider, its models and its key', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server), { key: KEY }))
    await providers.remove('fake')
    expect(providers.list()).toEqual([])
    expect(secrets.size).toBe(0)
    expect(() => resolveModel(`fake/${fakeModels.small}`, providers.callable)).toThrow(/no model/)
    expect(open().list()).toEqual([])
    expect(rig.changes()).toBe(2)
  })
})

describe('test', () => {
  it('keeps the result, and the models as they are now', async () => {
    const server = await upstream({ apiKey: KEY })
    await providers.add(input(rootOf(server), { key: 'sk-wrong', force: true, models: ['mine'] }))
    secrets.set('provider/fake', KEY)
    providers = open()
    expect(await providers.test('fake')).toMatchObject({ ok: true, models: Object.values(fakeModels).sort() })
    expect(open().list()).toMatchObject([
      { lastTest: { ok: true }, models: Object.values(fakeModels).sort() }
    ])
  })

  it('reports a failure and keeps the models known before', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server)))
    await server.close()
    expect(await providers.test('fake')).toMatchObject({
      ok: false,
      message: expect.stringContaining('cannot be reached')
    })
    expect(providers.list()).toMatchObject([
      { lastTest: { ok: false }, models: Object.values(fakeModels).sort() }
    ])
  })

  it('drops the result for a provider that was removed meanwhile', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server)))
    const testing = providers.test('fake')
    await providers.remove('fake')
    await testing
    expect(providers.list()).toEqual([])
    expect(open().list()).toEqual([])
  })
})

describe('discover', () => {
  it('says of a server that answers whether it was added', async () => {
    const server = await upstream()
    const localServers = [
      {
        id: 'fake-server',
        name: 'Fake',
        port: server.port,
        signaturePath: '/v1/models',
        isSignature: (json: Record<string, unknown>) => json.object === 'list'
      }
    ]
    providers = open({ localServers })
    expect(await providers.discover()).toMatchObject([{ id: 'fake-server', alreadyAdded: false }])
    await providers.add(input(rootOf(server)))
    expect(await providers.discover()).toMatchObject([{ id: 'fake-server', alreadyAdded: true }])
  })
})

describe('models', () => {
  it('lists this machine’s and every provider’s, by address', async () => {
    const server = await upstream({ noModelList: true })
    await providers.add(input(rootOf(server), { name: 'Fake', models: ['a/b'] }))
    expect(providers.models()).toEqual([
      {
        id: 'on-device/tiny',
        providerId: 'on-device',
        providerName: 'This machine',
        name: 'Tiny',
        onDevice: true,
        contextTokens: 2048,
        maxOutputTokens: null,
        priced: true,
        abilities: {}
      },
      {
        id: 'fake/a/b',
        providerId: 'fake',
        providerName: 'Fake',
        name: 'a/b',
        onDevice: false,
        contextTokens: null,
        maxOutputTokens: null,
        priced: false,
        abilities: {}
      }
    ])
  })
})
