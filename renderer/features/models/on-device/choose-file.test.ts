import { describe, expect, it } from 'vitest'
import type { CatalogModel, OfferedFile } from '../../../../core/contract/downloads.ts'
import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { firstModelsFor, recommendFile, sortByComfort } from './choose-file.ts'

const GB = 1_000_000_000

function file(quantization: string, verdict: ModelFit['verdict'], gigabytes = 2): OfferedFile {
  return {
    file: `${quantization}.gguf`,
    quantization,
    sizeBytes: gigabytes * GB,
    sha256: null,
    fit: { verdict, contextTokens: null, memoryBytes: null, gpuLayers: null, layers: null, perContext: [] },
    installedAs: null
  }
}

function model(id: string, parameters: number, files: OfferedFile[], kind: CatalogModel['kind'] = 'chat') {
  return {
    id,
    name: id,
    kind,
    publisher: '',
    repo: `harbour/${id}`,
    licence: 'MIT',
    goodFor: '',
    parameters,
    contextTokens: 0,
    abilities: { tools: false, reasoning: false, vision: false },
    releasedAt: '2026-01-01',
    files
  } satisfies CatalogModel
}

describe('recommendFile', () => {
  it('takes the largest that is whole on the GPU', () => {
    const files = [file('Q4_K_M', 'gpu'), file('Q6_K', 'gpu'), file('Q8_0', 'partly')]
    expect(recommendFile(files)?.quantization).toBe('Q6_K')
  })

  it('does not spend memory on numbers that were not quantised', () => {
    expect(recommendFile([file('Q8_0', 'gpu'), file('F16', 'gpu')])?.quantization).toBe('Q8_0')
    expect(recommendFile([file('F16', 'gpu')])?.quantization).toBe('F16')
  })

  it('takes the smallest that keeps its quality where the processor computes', () => {
    const files = [file('Q2_K', 'cpu'), file('IQ4_XS', 'cpu'), file('Q8_0', 'cpu')]
    expect(recommendFile(files)?.quantization).toBe('IQ4_XS')
  })

  it('offers the smallest when none fits, and nothing when there is none', () => {
    expect(recommendFile([file('Q4_K_M', 'no'), file('Q8_0', 'no')])?.quantization).toBe('Q4_K_M')
    expect(recommendFile([])).toBeNull()
  })
})

describe('sortByComfort', () => {
  it('puts what runs well first, the most able of it foremost, and what does not fit last', () => {
    const models = [
      model('huge', 70e9, [file('Q4_K_M', 'no', 40)]),
      model('small', 1e9, [file('Q4_K_M', 'gpu', 1)]),
      model('slow', 14e9, [file('Q4_K_M', 'cpu', 9)]),
      model('able', 8e9, [file('Q4_K_M', 'gpu', 5)])
    ]
    expect(sortByComfort(models).map(({ id }) => id)).toEqual(['able', 'small', 'slow', 'huge'])
  })

  it('takes a new model for as able as an old one of twice its size, and no more', () => {
    const newer = { ...model('newer', 9e9, [file('Q4_K_M', 'gpu', 5)]), releasedAt: '2026-03-02' }
    const older = { ...model('older', 14e9, [file('Q4_K_M', 'gpu', 8)]), releasedAt: '2024-12-12' }
    const large = { ...model('large', 30e9, [file('Q4_K_M', 'gpu', 9)]), releasedAt: '2026-01-01' }
    expect(sortByComfort([older, newer, large]).map(({ id }) => id)).toEqual(['large', 'newer', 'older'])
  })

  it('lists models that chat before helpers of search', () => {
    const embedder = { ...model('embedder', 9e9, [file('Q8_0', 'gpu')], 'embedding') }
    expect(sortByComfort([embedder, model('chat', 1e9, [file('Q8_0', 'gpu')])])[0]?.id).toBe('chat')
  })

  it('prefers a quick model to an able one on a processor', () => {
    const models = [
      model('slower', 14e9, [file('Q4_K_M', 'cpu', 9)]),
      model('slow', 8e9, [file('Q4_K_M', 'cpu', 5)]),
      model('quick', 4e9, [file('Q4_K_M', 'cpu', 2.5)])
    ]
    expect(sortByComfort(models).map(({ id }) => id)).toEqual(['quick', 'slow', 'slower'])
  })
})

describe('firstModelsFor', () => {
  it('begins with a chat model, whatever else fits better', () => {
    const models = [
      model('embedder', 9e9, [file('Q8_0', 'gpu')], 'embedding'),
      model('chat', 4e9, [file('Q4_K_M', 'gpu')])
    ]
    expect(firstModelsFor(models, 3).map(({ model: { id } }) => id)).toEqual(['chat'])
  })

  it('offers what is soon here before what takes an evening', () => {
    const large = model('large', 12e9, [file('Q4_K_M', 'gpu', 7)])
    const small = model('small', 4e9, [file('Q4_K_M', 'gpu', 2.5), file('Q8_0', 'gpu', 6)])
    const offers = firstModelsFor([large, small], 3)
    expect(offers.map((offer) => [offer.model.id, offer.file.quantization])).toEqual([['small', 'Q4_K_M']])
    expect(firstModelsFor([large], 3)).toHaveLength(1)
  })

  it('offers none that does not fit', () => {
    expect(firstModelsFor([model('huge', 70e9, [file('Q4_K_M', 'no', 40)])], 3)).toEqual([])
  })
})
