import { describe, expect, it } from 'vitest'
import { eventsOf, providerOf } from '../pipeline/pipeline.test-support.ts'
import type { ProviderModel } from '../providers/spec/provider.ts'
import { knownModel, longestAnswer } from './known-model.ts'
import type { CatalogModel } from './model-catalog.ts'

const listed: CatalogModel = {
  contextTokens: 128_000,
  maxOutputTokens: 4096,
  abilities: { vision: false, tools: true }
}
const catalog = {
  find: (vendor: string, model: string) =>
    ['openai', 'moonshotai'].includes(vendor) && model === 'm' ? listed : null
}
const model = (more: Partial<ProviderModel> = {}): ProviderModel => ({
  id: 'm',
  name: 'm',
  contextTokens: null,
  ...more
})
const nothing = { contextTokens: null, maxOutputTokens: null, abilities: {} }

describe('what is known of a model', () => {
  it.each([
    ['the kind of its provider', { kind: 'openai', pricing: 'unknown' }],
    ['a kind that the catalog calls otherwise', { kind: 'moonshot', pricing: 'unknown' }],
    ['the prices of its provider', { kind: 'openai-compatible', pricing: { vendor: 'openai' } }]
  ] as const)('is found by %s', (_, provider) => {
    expect(knownModel(catalog, provider, model())).toEqual(listed)
  })

  it.each([
    ['a server of no vendor', { kind: 'vllm', pricing: 'free' }, model()],
    ['a model that is in no list', { kind: 'openai', pricing: { vendor: 'openai' } }, model({ id: 'x' })]
  ] as const)('is nothing for %s', (_, provider, asked) => {
    expect(knownModel(catalog, provider, asked)).toEqual(nothing)
  })

  it('is what its provider says, and the catalog where that says nothing', () => {
    const said = model({ contextTokens: 8192, abilities: { vision: true, json: true } })
    expect(knownModel(catalog, { kind: 'openai', pricing: 'unknown' }, said)).toEqual({
      contextTokens: 8192,
      maxOutputTokens: 4096,
      abilities: { vision: true, tools: true, json: true }
    })
  })
})

it('has a longest answer where its provider or the catalog says one, also if the provider does not list it', () => {
  const provider = {
    ...providerOf(eventsOf()),
    kind: 'openai',
    listModels: () => [model({ id: 'own', maxOutputTokens: 7 })]
  }
  expect(['own', 'm', 'x'].map((id) => longestAnswer(catalog)({ provider, model: id }))).toEqual([
    7,
    4096,
    null
  ])
})
