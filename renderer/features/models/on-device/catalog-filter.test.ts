import { expect, test } from 'vitest'
import type { CatalogModel } from '../../../../core/contract/downloads.ts'
import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { everything, filterCatalog } from './catalog-filter.ts'

const verdict = (kind: ModelFit['verdict']): ModelFit => ({
  verdict: kind,
  contextTokens: null,
  memoryBytes: null,
  gpuLayers: null,
  layers: null,
  perContext: []
})

function model(name: string, extra: Partial<CatalogModel> = {}, fit: ModelFit['verdict'] = 'gpu') {
  return {
    id: name,
    name,
    kind: 'chat',
    publisher: 'Harbour',
    repo: `harbour/${name}`,
    licence: 'MIT',
    goodFor: 'Everyday questions.',
    parameters: 1,
    contextTokens: 1,
    abilities: { tools: false, reasoning: false, vision: false },
    releasedAt: '2026-01-01',
    files: [
      { file: 'a', quantization: 'Q8_0', sizeBytes: 1, sha256: null, fit: verdict(fit), installedAs: null }
    ],
    ...extra
  } satisfies CatalogModel
}

const names = (models: CatalogModel[]) => models.map(({ name }) => name)

test('what does not fit is left out until it is asked for', () => {
  const models = [model('pilot'), model('tanker', {}, 'no'), model('unheard', {}, 'unknown')]
  expect(names(filterCatalog(models, everything))).toEqual(['pilot', 'unheard'])
  expect(names(filterCatalog(models, { ...everything, fitsOnly: false }))).toHaveLength(3)
})

test('kind and abilities must all be there', () => {
  const able = { tools: true, reasoning: true, vision: false }
  const models = [
    model('pilot', { abilities: able }),
    model('gull'),
    model('chart', { kind: 'embedding', abilities: able })
  ]
  const filter = { ...everything, kind: 'chat', tools: true, reasoning: true } as const
  expect(names(filterCatalog(models, filter))).toEqual(['pilot'])
})

test('words are looked for in the name, its publisher and what it is good for', () => {
  const models = [model('pilot'), model('gull', { goodFor: 'Writing code.' })]
  expect(names(filterCatalog(models, { ...everything, words: 'Harbour code' }))).toEqual(['gull'])
})
