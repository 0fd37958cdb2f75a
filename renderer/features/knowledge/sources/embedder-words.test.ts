import { describe, expect, it } from 'vitest'
import type { IndexEstimate } from '../../../../core/contract/knowledge.ts'
import { embedderOptions, estimateCost, estimateWords } from './embedder-words.ts'

const estimate: IndexEstimate = {
  kind: 'vault',
  files: 6591,
  bytes: 12_000_000,
  tokens: 3_100_000,
  cost: { kind: 'free' }
}

describe('an estimate in words', () => {
  it('says how much there is', () => {
    expect(estimateWords(estimate)).toBe('6,591 files · 12.0 MB · about 3.1M tokens')
    expect(estimateWords({ ...estimate, files: 1 })).toMatch(/^1 file /)
  })

  it('names a cost only where there is one, and says when nobody knows it', () => {
    expect(estimateCost(estimate)).toBeNull()
    const priced = { kind: 'priced', nanoUsd: 62_000_000, source: 'models.dev' } as const
    expect(estimateCost({ ...estimate, cost: priced })).toBe('for about $0.0620')
    expect(estimateCost({ ...estimate, cost: { kind: 'unknown' } })).toBe('at a price that is not known')
  })
})

describe('embedderOptions', () => {
  const offered = [{ id: 'built-in', name: 'Built in', place: 'built-in', dimensions: 256 }] as const

  it('keeps a chosen embedder that is gone in sight', () => {
    expect(embedderOptions(offered, 'ollama/nomic').map(({ label }) => label)).toEqual([
      'Built in',
      'ollama/nomic (not there now)'
    ])
    expect(embedderOptions(offered, 'built-in')).toHaveLength(1)
  })
})
