import { describe, expect, it } from 'vitest'
import { aliasSchema } from '../../core/contract/aliases.ts'
import type { Model } from '../../core/contract/models.ts'
import {
  groupChoices,
  groupModels,
  hasLanguageModel,
  modelName,
  pickChoice,
  shortModelName
} from './model-options.ts'

const model = (id: string, onDevice = false): Model => {
  const [providerId = '', name = ''] = id.split(/\/(.*)/)
  const known = { onDevice, contextTokens: null, maxOutputTokens: null, priced: true, abilities: {} }
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

  it('puts what is no language model last: nobody gets it unasked where there is another', () => {
    const search = model('homeport/search', true)
    const groups = groupModels([search, model('openai/a'), model('on-device/q', true)])
    expect(groups.map(({ label }) => label)).toEqual(['on-device', 'openai', 'homeport'])
    expect(hasLanguageModel([search])).toBe(false)
    expect(pickChoice(groupChoices([search], []))).toBe('homeport/search')
    expect(groupChoices([search], []).map(({ label }) => label)).toEqual(['homeport'])
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

const alias = (name: string, ...targets: string[]) =>
  aliasSchema.parse({ name, targets: targets.map((target) => ({ model: target })) })
const here = model('on-device/q', true)

describe('groupChoices', () => {
  it('puts aliases before models, by name, and auto after them', () => {
    const groups = groupChoices([model('a/1')], [alias('fast', 'a/1'), alias('best', 'a/1', 'a/2')])
    expect(groups.map(({ label, items }) => [label, items.map(({ value }) => value)])).toEqual([
      ['Aliases', ['best', 'fast', 'auto']],
      ['a', ['a/1']]
    ])
    expect(groups[0]?.items.map(({ hint }) => hint)).toEqual(['2 models', '1 model', 'by difficulty'])
  })

  it('offers auto where there is a model, and nothing where there is none', () => {
    expect(groupChoices([model('a/1')], []).map(({ items }) => items[0]?.value)).toEqual(['auto', 'a/1'])
    expect(groupChoices([], [alias('fast', 'a/1')])).toEqual([])
  })

  it('marks an alias as on-device only where every model of it is', () => {
    const aliases = [alias('local', here.id), alias('mixed', here.id, 'a/1')]
    const items = groupChoices([here, model('a/1')], aliases)[0]?.items
    expect(items?.map(({ label, onDevice }) => [label, onDevice])).toEqual([
      ['local', true],
      ['mixed', false],
      ['auto', false]
    ])
  })
})

describe('pickChoice', () => {
  const groups = groupChoices([model('a/1'), here], [alias('best', 'a/1')])

  it('takes the first wanted one that is offered, an alias like any model', () => {
    expect(pickChoice(groups, null, 'gone/0', 'best', 'a/1')).toBe('best')
    expect(pickChoice(groups, 'a/1')).toBe('a/1')
    expect(pickChoice(groups, 'auto')).toBe('auto')
  })

  it('takes a model of this machine where nobody chose, and none where there is none', () => {
    expect(pickChoice(groups, null, 'gone')).toBe('on-device/q')
    expect(pickChoice([], 'best')).toBeNull()
  })
})
