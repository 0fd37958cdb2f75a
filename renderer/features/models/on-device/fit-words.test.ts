import { describe, expect, it } from 'vitest'
import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { explainFit } from './fit-words.ts'

const fit: ModelFit = {
  verdict: 'partly',
  contextTokens: 8192,
  memoryBytes: 9_400_000_000,
  gpuLayers: 20,
  layers: 36,
  perContext: []
}

describe('explainFit', () => {
  it('says which part is where, and what memory to expect at which context', () => {
    expect(explainFit(fit)).toBe(
      '20 of 36 layers on the GPU, the others on the processor, which is slower. Expected memory: 9.4 GB with 8k tokens of context.'
    )
  })

  it('says nothing of what the file does not tell', () => {
    expect(explainFit({ ...fit, verdict: 'unknown', memoryBytes: null })).toBe(
      'The file does not say enough to tell.'
    )
    expect(explainFit({ ...fit, verdict: 'cpu', contextTokens: null })).toBe(
      'It runs on the processor. Expected memory: 9.4 GB.'
    )
  })
})
