import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, type FakeUpstreamOptions, fakeModels } from '../../test/support/fake-upstream.ts'
import type { Store } from '../store/store.ts'
import { input, openRig, type ProvidersRig, plainCall, rootOf } from './providers.test-support.ts'
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

describe('several keys', () => {
  it('are kept with the secrets, and each has a seat of its own', async () => {
    const server = await upstream()
    const added = await providers.add(input(rootOf(server), { key: 'sk-1', moreKeys: ['sk-2', 'sk-3'] }))
    expect(added).toMatchObject({ hasKey: true, keyCount: 3 })
    expect([...secrets]).toEqual([
      ['provider/fake', 'sk-1'],
      ['provider/fake/2', 'sk-2'],
      ['provider/fake/3', 'sk-3']
    ])
    providers = open()
    const { provider, model } = resolveModel(`fake/${fakeModels.small}`, providers.callable)
    for (const seat of providers.seatsOf(provider)) await seat.chat(plainCall(model))
    const sent = server.requests.slice(-3).map(({ headers }) => headers.authorization)
    expect(sent).toEqual(['Bearer sk-1', 'Bearer sk-2', 'Bearer sk-3'])
  })

  it('are each tested, and the wrong one is named without being shown', async () => {
    const server = await upstream({ apiKey: KEY })
    const adding = providers.add(input(rootOf(server), { key: KEY, moreKeys: ['sk-wrong'] }))
    await expect(adding).rejects.toThrow(/^Key 2 of 2: (?!.*sk-wrong)/)
    expect(secrets.size).toBe(0)
  })

  it('make up for one that is refused later: the others are tried, and it is named by its place', async () => {
    const server = await upstream({ apiKey: KEY })
    const keys = { key: 'sk-old', moreKeys: [KEY], models: ['typed'], force: true }
    const added = await providers.add(input(rootOf(server), keys))
    expect(added.models).toEqual(Object.values(fakeModels).sort())
    const test = await providers.test('fake')
    expect(test.ok).toBe(true)
    expect(test.models).toHaveLength(Object.keys(fakeModels).length)
    expect(test.message).toMatch(/^Works\. \d+ models\. Key 1 of 2: (?!.*sk-old)/)
  })

  it('that all fail alike are told once', async () => {
    const server = await upstream({ apiKey: KEY })
    const adding = providers.add(input(rootOf(server), { key: 'sk-a', moreKeys: ['sk-b', 'sk-c'] }))
    await expect(adding).rejects.toThrow(/^None of the 3 keys works\. (?!.*Key)/)
  })

  it('give way to new ones, and leave none behind', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server), { key: 'sk-1', moreKeys: ['sk-2', 'sk-3'] }))
    await providers.update('fake', { key: 'sk-5', force: false })
    expect([...secrets]).toEqual([['provider/fake', 'sk-5']])
    await providers.update('fake', { moreKeys: ['sk-6'], force: false })
    await providers.remove('fake')
    expect(secrets.size).toBe(0)
  })

  it('get further ones beside them, each once, without being given again', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server), { key: 'sk-1', moreKeys: ['sk-2'] }))
    const added = await providers.update('fake', { moreKeys: ['sk-3', 'sk-1', 'sk-4'], force: false })
    expect(added.keyCount).toBe(4)
    expect([...secrets.values()]).toEqual(['sk-1', 'sk-2', 'sk-3', 'sk-4'])
    await providers.update('fake', { moreKeys: [], force: false })
    expect(secrets.size).toBe(4)
  })

  it('are twenty at most, counting those saved', async () => {
    const server = await upstream()
    const moreKeys = Array.from({ length: 18 }, (_, index) => `sk-more-${index}`)
    await providers.add(input(rootOf(server), { key: 'sk-1', moreKeys }))
    const adding = providers.update('fake', { moreKeys: ['sk-20', 'sk-21'], force: false })
    await expect(adding).rejects.toMatchObject({ code: 'bad-request', param: 'moreKeys' })
    expect(secrets.size).toBe(19)
  })

  it('never follow a provider to another server', async () => {
    const server = await upstream()
    const other = await upstream()
    await providers.add(input(rootOf(server), { key: 'sk-1' }))
    const moving = providers.update('fake', { baseUrl: rootOf(other), moreKeys: ['sk-2'], force: false })
    await expect(moving).rejects.toMatchObject({ code: 'bad-request', param: 'key' })
    expect(other.requests).toEqual([])
  })

  it('are as they were when the row cannot be written', async () => {
    const server = await upstream()
    await providers.add(input(rootOf(server), { key: 'sk-1', moreKeys: ['sk-2'] }))
    const failing: Store = Object.assign(Object.create(store), {
      write: () => Promise.reject(new Error('disk full'))
    })
    providers = open({ store: failing })
    await expect(providers.update('fake', { key: 'sk-9', force: false })).rejects.toThrow('disk full')
    expect([...secrets.values()]).toEqual(['sk-1', 'sk-2'])
  })
})

describe('what is known of a provider beside its models', () => {
  const knownOf = (id: string) => {
    const provider = providers.callable.get(id)
    if (!provider) throw new Error('not added')
    return { lacksKey: providers.lacksKey(provider), isLocalServer: providers.isLocalServer(provider) }
  }

  it('is whether its key is missing, unless it answers without one', async () => {
    const server = await upstream({ apiKey: KEY })
    const open = await upstream()
    await providers.add(input(rootOf(server), { kind: 'openai', force: true }))
    await providers.add(input(rootOf(open), { id: 'proxy', kind: 'openai' }))
    await providers.add(input(rootOf(server), { id: 'other', force: true }))
    const missing = ['fake', 'proxy', 'other', 'on-device'].filter((id) => knownOf(id).lacksKey)
    expect(missing).toEqual(['fake'])
    await providers.update('fake', { key: KEY, force: false })
    expect(knownOf('fake').lacksKey).toBe(false)
  })

  it('is whether its address is on this machine', async () => {
    await providers.add(input(rootOf(await upstream())))
    await providers.put({
      id: 'remote',
      models: ['m'],
      kind: 'openai',
      name: 'Remote',
      baseUrl: 'https://models.invalid/v1',
      options: {},
      pricing: 'auto'
    })
    expect(knownOf('fake').isLocalServer).toBe(true)
    expect(knownOf('remote').isLocalServer).toBe(false)
  })
})
