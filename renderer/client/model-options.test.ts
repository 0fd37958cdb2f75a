import { describe, expect, it } from 'vitest'
import { aliasSchema } from '../../core/contract/aliases.ts'
import type { Model } from '../../core/contract/models.ts'
import {
  aliasGroup,
  groupModels,
  modelName,
  pickAddress,
  pickModel,
  shortModelName
} from './model-options.ts'

const model = (id: string, onDevice = false): Model => {
  const [providerId = '', name = ''] = id.split(/\/(.*)/)
  const known = { onDevice, contextTokens: null, priced: true, abilities: {} }
  return { id, providerId, providerName: providerId, name, ...known }
}

describe('groupModels', () => {
  it('puts on-device models first and sorts the rest by provider and name', () => {
    const groups = groupModels([
      model('openai/b'),
      model('groq/x'),
      model('openai/a'),
      model('on-device/q', true)
    ])
    expect(groups.map((group) => [group.label, group.items.map((item) => item.label)])).toEqual([
      ['on-device', ['q']],
      ['groq', ['x']],
      ['openai', ['a', 'b']]
    ])
  })
})

it.each([
  [400_000, '400k'],
  [32_768, '32k'],
  [1_048_576, '1M'],
  [null, null]
])('writes a context of %s tokens as %s', (contextTokens, hint) => {
  expect(groupModels([{ ...model('a/b'), contextTokens }])[0]?.items[0]?.hint).toBe(hint)
})

describe('modelName', () => {
  it('drops the provider only, since model names have slashes too', () => {
    expect(modelName('openrouter/anthropic/claude')).toBe('anthropic/claude')
    expect(modelName('plain')).toBe('plain')
    expect(shortModelName('openrouter/anthropic/claude')).toBe('claude')
  })
})

describe('pickModel', () => {
  it('takes the first wanted one that still exists, else any', () => {
    const models = [model('a/1'), model('b/2')]
    expect(pickModel(models, 'gone/0', 'b/2')).toBe('b/2')
    expect(pickModel(models, null)).toBe('a/1')
    expect(pickModel([], 'a/1')).toBeNull()
  })
})

describe('aliasGroup', () => {
  const alias = (name: string) => aliasSchema.parse({ name, targets: [{ model: 'a/1' }] })

  it('lists aliases by name, and auto after them', () => {
    const [group] = aliasGroup([alias('fast'), alias('best')])
    expect(group?.items.map((item) => item.value)).toEqual(['best', 'fast', 'auto'])
  })

  it('is no group where there is no alias', () => {
    expect(aliasGroup([])).toEqual([])
  })

  it('is picked from like any model', () => {
    const groups = [...aliasGroup([alias('best')]), ...groupModels([model('a/1')])]
    expect(pickAddress(groups, null, 'a/1')).toBe('a/1')
    expect(pickAddress(groups, 'gone')).toBe('best')
    expect(pickAddress([], 'best')).toBeNull()
  })
})
