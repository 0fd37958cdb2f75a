import { describe, expect, it } from 'vitest'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { newOverride, type OverrideDraft, overrideOf, readOverride } from './override-draft.ts'

const row: PriceRow = {
  vendor: 'openai',
  model: 'gpt-5.2',
  rates: { input: 3e9, cacheRead: 3e8, cacheWrite5m: 3e9, cacheWrite1h: 3e9, output: 15e9, reasoning: 16e9 },
  steps: [],
  tiers: {},
  units: { webSearch: 10_000_000 },
  from: '2026-01-01',
  until: null,
  source: 'models.dev',
  date: '2026-11-01'
}

function read(draft: OverrideDraft) {
  const answer = readOverride(draft)
  return 'override' in answer ? answer.override : null
}

describe('a price of one’s own', () => {
  it('begins as the one there is, from always on, and keeps what the form does not ask for', () => {
    const { vendor, model, rates, units } = row
    expect(read(overrideOf(row))).toEqual({ vendor, model, rates, units, from: null, until: null })
  })

  it('keeps its own dates when it is changed again', () => {
    expect(read(overrideOf({ ...row, source: 'you' }))?.from).toBe('2026-01-01')
  })

  it('charges input for caches where nothing is said of them', () => {
    const usd = { ...newOverride.usd, input: 0.075, output: 0.3 }
    expect(read({ ...newOverride, vendor: 'v', model: 'm', usd })?.rates).toEqual({
      input: 75_000_000,
      cacheRead: 75_000_000,
      cacheWrite5m: 75_000_000,
      cacheWrite1h: 75_000_000,
      output: 300_000_000
    })
  })

  it('names every field that is wrong', () => {
    const answer = readOverride({ ...newOverride, from: '2026-02-01', until: '2026-02-01' })
    expect('problems' in answer && Object.keys(answer.problems).sort()).toEqual([
      'input',
      'model',
      'output',
      'until',
      'vendor'
    ])
  })
})
