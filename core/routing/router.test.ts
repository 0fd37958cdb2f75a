import { describe, expect, it } from 'vitest'
import { type Alias, type SaveAlias, saveAliasSchema } from '../contract/aliases.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider, ProviderModel } from '../providers/spec/provider.ts'
import { type RequestTraits, traitsOfSize } from './request-traits.ts'
import { createRouter, type RouterOptions } from './router.ts'
import { createHealth } from './target-health.ts'

type Known = Partial<ProviderModel>

function provider(id: string, models: Record<string, Known> = {}, onDevice = false): ModelProvider {
  return {
    id,
    name: id,
    kind: 'test',
    onDevice,
    pricing: onDevice ? 'free' : { vendor: id },
    listModels: () =>
      Object.entries(models).map(([model, known]) => ({
        id: model,
        name: model,
        contextTokens: null,
        ...known
      })),
    chat: () => Promise.reject(new Error('not called'))
  }
}

/** In dollars for an ordinary call. */
const prices: Record<string, number> = {
  small: 0.001,
  middle: 0.01,
  large: 0.04,
  'o1-pro': 0.45,
  'gpt-4': 0.05,
  gift: 0
}

function routerTo(
  providers: ModelProvider[],
  aliases: Record<
    string,
    Partial<Omit<SaveAlias, 'targets'>> & { targets: (string | Partial<Alias['targets'][0]>)[] }
  >,
  options: Partial<RouterOptions> = {}
) {
  const health = createHealth(() => 0)
  const parsed = Object.entries(aliases).map(([name, alias]): [string, Alias] => {
    const targets = alias.targets.map((target) => (typeof target === 'string' ? { model: target } : target))
    return [name, { name, ...saveAliasSchema.parse({ ...alias, targets }) }]
  })
  const known = new Map(parsed)
  const router = createRouter({
    catalog: { find: () => null },
    providers: {
      callable: new Map(providers.map((one) => [one.id, one])),
      seatsOf: (one) => [one],
      lacksKey: ({ id }) => id === 'keyless',
      isLocalServer: ({ id }) => id === 'ollama'
    },
    aliases: { get: (name) => known.get(name) ?? null },
    health,
    price: (pricing, model) => {
      const cost = prices[model]
      if (pricing === 'free') return { kind: 'free' }
      return cost === undefined
        ? { kind: 'unknown' }
        : { kind: 'priced', nanoUsd: cost * 1e9, source: 'test' }
    },
    random: () => 0,
    ...options
  })
  const request = (model: string, traits: Partial<RequestTraits> = {}, more = {}) => ({
    model,
    traits: () => ({ ...traitsOfSize(10), ...traits }),
    appKeyId: null,
    onDeviceOnly: false,
    ...more
  })
  const order = (model: string, traits: Partial<RequestTraits> = {}, more = {}) =>
    router.plan(request(model, traits, more)).order.map(({ address }) => address)
  return { router, health, request, order }
}

const three = [provider('a'), provider('b'), provider('c')]
const all = ['a/m', 'b/m', 'c/m']
const seatOf = (one: ModelProvider | undefined) => {
  if (!one) throw new Error('no such provider')
  return { provider: one, key: 0 }
}

describe('an address', () => {
  it('is asked for by its name, without a look at the request', () => {
    const { router } = routerTo(three, {})
    const plan = router.plan({
      model: 'b/any',
      traits: () => {
        throw new Error('looked')
      },
      appKeyId: null,
      onDeviceOnly: false
    })
    expect(plan).toMatchObject({
      order: [{ address: 'b/any', why: 'asked for' }],
      leftOut: [],
      difficulty: null
    })
  })

  it('gives way to an alias of the same name', () => {
    const { order } = routerTo([provider('a', { 'gpt-4': {} }), provider('b')], {
      'gpt-4': { targets: ['b/m'] }
    })
    expect(order('gpt-4')).toEqual(['b/m'])
  })

  it.each([
    ['cloud/m', 'cloud/m runs elsewhere.'],
    ['ollama/m', "ollama/m is not Homeport's own engine."],
    ['team', "team names no model of Homeport's own engine."]
  ])('%s is refused to who must stay on this machine, and the reason is true', (model, why) => {
    const { order } = routerTo([provider('cloud'), provider('ollama')], {
      team: { targets: ['cloud/m', 'ollama/m'] }
    })
    expect(() => order(model, {}, { onDeviceOnly: true })).toThrow(
      expect.objectContaining({
        code: 'not-allowed',
        message: `This request must not leave this machine, and ${why}`
      })
    )
  })

  it('that nobody has is not found', () => {
    const { order } = routerTo(three, {})
    expect(() => order('nobody')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('a strategy', () => {
  it('priority asks in the order of the list, and reads nothing', () => {
    const { router } = routerTo(three, { team: { targets: all } })
    const traits = () => {
      throw new Error('looked')
    }
    const { order } = router.plan({ model: 'team', traits, appKeyId: null, onDeviceOnly: false })
    expect(order.map(({ address }) => address)).toEqual(all)
  })

  it('weighted draws by the shares, without putting back', () => {
    const draws = [0.75, 0, 0]
    const { order } = routerTo(
      three,
      {
        team: {
          strategy: 'weighted',
          targets: all.map((model, at) => ({ model, weight: [7, 2, 1][at] ?? 1 }))
        }
      },
      { random: () => draws.shift() ?? 0 }
    )
    expect(order('team')).toEqual(['b/m', 'a/m', 'c/m'])
  })

  it('weighted keeps to the shares over many calls', () => {
    let state = 1
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const { order } = routerTo(
      three,
      {
        team: {
          strategy: 'weighted',
          targets: [
            { model: 'a/m', weight: 3 },
            { model: 'b/m', weight: 1 }
          ]
        }
      },
      { random }
    )
    const first = Array.from({ length: 4000 }, () => order('team')[0])
    expect(first.filter((address) => address === 'a/m').length / 4000).toBeCloseTo(0.75, 1)
  })

  it('round-robin moves on with every call', () => {
    const { order } = routerTo(three, { team: { strategy: 'round-robin', targets: all } })
    expect([1, 2, 3, 4].map(() => order('team')[0])).toEqual(['a/m', 'b/m', 'c/m', 'a/m'])
    expect(order('team')).toEqual(['b/m', 'c/m', 'a/m'])
  })

  it('least-busy asks who has the fewest calls running', () => {
    const { order, health } = routerTo(three, { team: { strategy: 'least-busy', targets: all } })
    health.begin('a/m', seatOf(three[0]))
    health.begin('a/m', seatOf(three[0]))
    health.begin('c/m', seatOf(three[2]))
    expect(order('team')).toEqual(['b/m', 'c/m', 'a/m'])
  })

  it('lowest-latency asks who was not measured lately, then the quickest', () => {
    const { order, health } = routerTo(three, { team: { strategy: 'lowest-latency', targets: all } })
    health.begin('a/m', seatOf(three[0])).answering(300)
    health.begin('b/m', seatOf(three[1])).answering(100)
    expect(order('team')).toEqual(['c/m', 'b/m', 'a/m'])
  })

  it('lowest-cost asks the cheapest, and who has no known price last', () => {
    const { order } = routerTo([...three, provider('here', {}, true)], {
      team: { strategy: 'lowest-cost', targets: ['a/mystery', 'a/large', 'b/small', 'here/x'] }
    })
    expect(order('team')).toEqual(['here/x', 'b/small', 'a/large', 'a/mystery'])
  })

  it('capability asks who is known to do all that is needed, then who may', () => {
    const seeing = provider('c', { m: { abilities: { vision: true, tools: true } } })
    const { order } = routerTo(
      [provider('a'), provider('b', { m: { abilities: { vision: false } } }), seeing],
      {
        team: { strategy: 'capability', targets: all }
      }
    )
    expect(order('team', { hasImages: true, tools: 1 })).toEqual(['c/m', 'a/m'])
    expect(order('team')).toEqual(all)
  })

  it.each<[string, object, Partial<RequestTraits>, object]>([
    ['a long prompt', { minTokens: 1000 }, { tokens: 1000 }, {}],
    ['a short prompt', { maxTokens: 100 }, { tokens: 100 }, {}],
    ['code', { hasCode: true }, { hasCode: true }, {}],
    ['images', { hasImages: true }, { hasImages: true }, {}],
    ['tools', { hasTools: true }, { tools: 2 }, {}],
    ['a program', { appKeys: ['key-1'] }, {}, { appKeyId: 'key-1' }],
    ['all at once', { hasCode: true, appKeys: ['key-1'] }, { hasCode: true }, { appKeyId: 'key-1' }]
  ])('rules pick by %s', (_, when, traits, more) => {
    const { order, router, request } = routerTo(three, {
      team: { strategy: 'rules', targets: [{ model: 'a/m', when }, 'b/m'] }
    })
    expect(order('team', traits, more)).toEqual(['a/m', 'b/m'])
    const otherwise = router.plan(request('team', { tokens: 500 }))
    expect(otherwise.order.map(({ address }) => address)).toEqual(['b/m'])
    expect(otherwise.leftOut).toEqual([{ model: 'a/m', reason: 'rule', why: expect.stringMatching(/^for /) }])
  })

  it('rules can keep what is private on this machine', () => {
    const { order } = routerTo([provider('a'), provider('here', { x: {} }, true)], {
      team: { strategy: 'rules', targets: [{ model: 'here/x', when: { onDeviceOnly: true } }, 'a/m'] }
    })
    expect(order('team', {}, { onDeviceOnly: true })).toEqual(['here/x'])
    expect(order('team')).toEqual(['a/m'])
  })
})

describe('a target', () => {
  it.each<[string, Known, Partial<RequestTraits>]>([
    ['cannot see', { abilities: { vision: false } }, { hasImages: true }],
    ['cannot use tools', { abilities: { tools: false } }, { tools: 1 }],
    ['cannot hold to JSON', { abilities: { json: false } }, { wantsJson: true }],
    ['is too small', { contextTokens: 4096 }, { tokens: 4000 }]
  ])('is left out when it %s, whatever the strategy, and that is said', (_, known, traits) => {
    const { order, router, request } = routerTo([provider('a', { m: known }), provider('b')], {
      team: { targets: ['a/m', 'b/m'] }
    })
    expect(order('team')).toEqual(['a/m', 'b/m'])
    expect(order('team', traits)).toEqual(['b/m'])
    expect(router.plan(request('team', traits)).leftOut).toMatchObject([{ model: 'a/m' }])
  })

  it('of a provider that was removed is left out', () => {
    const { router, request } = routerTo([provider('b')], { team: { targets: ['a/m', 'b/m'] } })
    expect(router.plan(request('team'))).toMatchObject({
      order: [{ address: 'b/m' }],
      leftOut: [{ model: 'a/m', why: 'its provider was removed' }]
    })
  })

  it('that rests is asked last, and when all rest, who rests least is first', () => {
    const { order, router, request, health } = routerTo(three, { team: { targets: all } })
    const rest = (at: number, seconds: number) => {
      const limited = new HomeportError('rate-limited', 'Wait.', { retryAfterSeconds: seconds })
      health.begin(all[at] ?? '', seatOf(three[at])).failed(limited)
    }
    rest(0, 60)
    expect(order('team')).toEqual(['b/m', 'c/m', 'a/m'])
    expect(router.plan(request('team')).order.at(-1)?.why).toContain('resting')
    rest(1, 90)
    rest(2, 30)
    expect(order('team')).toEqual(['c/m', 'a/m', 'b/m'])
  })

  it('is missed in words when none is left', () => {
    const small = provider('a', { m: { contextTokens: 100 } })
    const blind = provider('b', { m: { abilities: { vision: false } } })
    const { order } = routerTo([small, blind], {
      team: { targets: ['a/m', 'b/m'] },
      tiny: { targets: ['a/m'] }
    })
    expect(() => order('team', { hasImages: true })).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: expect.stringContaining('b/m: cannot see images')
      })
    )
    expect(() => order('tiny')).toThrow(expect.objectContaining({ code: 'context-overflow' }))
  })
})

describe('auto', () => {
  const cloud = provider('cloud', {
    small: {},
    middle: {},
    large: {},
    'o1-pro': {},
    'gpt-4': {},
    'embed-large': {}
  })
  const here = provider('here', { tiny: { contextTokens: 2048 } }, true)
  const easy: Partial<RequestTraits> = { words: 'Hello' }
  const hard: Partial<RequestTraits> = { words: 'Prove it step by step', hasCode: true }

  it('asks the alias fast for what is easy, and best for what is hard', () => {
    const { router, request } = routerTo([cloud, here], {
      fast: { targets: ['cloud/small'] },
      best: { targets: ['cloud/large'] }
    })
    const plan = router.plan(request('auto', easy))
    expect(plan.order[0]?.address).toBe('cloud/small')
    expect(plan.why).toBe('easy, 0: nothing speaks of a hard task → fast')
    const other = router.plan(request('auto', hard))
    expect(other.order[0]?.address).toBe('cloud/large')
    expect(other.why).toMatch(/^hard, 0\.85: code \+0\.25, mathematics .* → best$/)
    expect(other.difficulty?.score).toBe(0.85)
  })

  it('without aliases asks this machine, then the cheapest, for what is easy', () => {
    expect(routerTo([cloud, here], {}).order('auto', easy)).toEqual([
      'here/tiny',
      'cloud/small',
      'cloud/middle'
    ])
  })

  it('leaves out of those who cannot take it', () => {
    const { order } = routerTo([cloud, here], {})
    expect(order('auto', { ...easy, tokens: 3000 })).toEqual(['cloud/small', 'cloud/middle', 'cloud/large'])
  })

  it('without aliases asks the dearest for what is hard, but no outdated or immoderate one', () => {
    expect(routerTo([here, cloud], {}).order('auto', hard)).toEqual([
      'cloud/large',
      'cloud/middle',
      'cloud/small'
    ])
  })

  it('stays on this machine when it must', () => {
    expect(routerTo([cloud, here], {}).order('auto', hard, { onDeviceOnly: true })).toEqual(['here/tiny'])
    expect(() => routerTo([cloud], {}).order('auto', hard, { onDeviceOnly: true })).toThrow(
      expect.objectContaining({ code: 'not-allowed' })
    )
  })

  it('stays on this machine also where its aliases name none of its models', () => {
    const { router, request } = routerTo([cloud, here], { best: { targets: ['cloud/large', 'gone/x'] } })
    const plan = router.plan(request('auto', hard, { onDeviceOnly: true }))
    expect(plan.order.map(({ address }) => address)).toEqual(['here/tiny'])
    expect(plan.why).toMatch(/→ best, which names no model of this machine$/)
    expect(router.plan(request('auto', hard)).order[0]?.address).toBe('cloud/large')
  })

  it('proposes no model of a provider that lacks its key, and says so', () => {
    const keyless = provider('keyless', { small: {} })
    const { router, request, order } = routerTo([keyless, cloud], {})
    const plan = router.plan(request('auto', easy))
    expect(plan.order.map(({ address }) => address)).not.toContain('keyless/small')
    expect(plan.leftOut).toEqual([{ model: 'keyless/small', reason: 'key', why: 'its provider has no key' }])
    expect(order('keyless/small')).toEqual(['keyless/small'])
  })

  it('says what an ordinary call costs', () => {
    const mixed = provider('mixed', { gift: {}, small: {}, mystery: {} })
    const { router, request } = routerTo([mixed], {})
    expect(router.plan(request('auto', easy)).order.map(({ why }) => why)).toEqual([
      'an ordinary call is free',
      'an ordinary call costs $0.0010',
      'price unknown'
    ])
  })

  it('has nobody to ask where there are no models', () => {
    expect(() => routerTo([], {}).order('auto')).toThrow(/no model that could answer/)
  })
})

describe('a preview', () => {
  it('moves no turn on', () => {
    const { router, request, order } = routerTo(three, { team: { strategy: 'round-robin', targets: all } })
    router.preview(request('team'))
    router.preview(request('team'))
    expect(order('team')[0]).toBe('a/m')
  })

  it('shows shares rather than draw', () => {
    const { router, request } = routerTo(three, {
      team: {
        strategy: 'weighted',
        targets: [
          { model: 'a/m', weight: 1 },
          { model: 'b/m', weight: 3 }
        ]
      }
    })
    expect(router.preview(request('team')).order.map(({ address, why }) => [address, why])).toEqual([
      ['b/m', '75 % of calls'],
      ['a/m', '25 % of calls']
    ])
  })
})
