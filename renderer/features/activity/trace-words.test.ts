import { expect, it } from 'vitest'
import { costFigure, costWords, modelWords } from './trace-words.ts'

it.each([
  [{ model: 'fast', providerId: 'openai', providerModel: 'gpt-5-mini' }, 'fast → gpt-5-mini'],
  [{ model: 'openai/gpt-5', providerId: 'openai', providerModel: 'gpt-5' }, 'gpt-5'],
  [{ model: 'gpt-5', providerId: 'openai', providerModel: 'gpt-5' }, 'gpt-5'],
  [{ model: 'or/a/claude', providerId: 'or', providerModel: 'a/claude' }, 'claude'],
  [{ model: 'nobody', providerId: null, providerModel: null }, 'nobody']
])('says of %o that it was %s', (trace, text) => {
  expect(modelWords(trace).text).toBe(text)
})

it('names both whole where there is room', () => {
  const trace = { model: 'auto', providerId: 'or', providerModel: 'a/claude' }
  expect(modelWords(trace).title).toBe('auto → or/a/claude')
})

it('says what a kept answer saved, as far as it is known', () => {
  const hit = { cache: 'hit', cost: { kind: 'priced', nanoUsd: 0, source: 'cache' }, model: 'a/m' } as const
  const value = (savedNanoUsd: number | null) => costFigure({ ...hit, savedNanoUsd }).value
  expect(value(4_200_000)).toBe('Saved $0.0042')
  expect(value(0)).toBe('Cached')
  expect(value(null)).toBe('Cached')
})

it('says nothing of money for a call that failed before it cost any', () => {
  const unknown = { kind: 'unknown' } as const
  expect(costWords({ cache: null, status: 'error', cost: unknown })).toBe('')
  expect(costWords({ cache: null, status: 'ok', cost: unknown })).toBe('price unknown')
  expect(costWords({ cache: 'hit', status: 'ok', cost: unknown })).toBe('cached')
})

it('says of a corrected cost what was booked at first', () => {
  const cost = { kind: 'priced', nanoUsd: 4_200_000, source: 'own' } as const
  const call = { cache: null, savedNanoUsd: null, model: 'a/m', cost } as const
  expect(costFigure({ ...call, bookedCost: { kind: 'unknown' } })).toEqual({
    value: '$0.0042',
    note: 'corrected; booked as price unknown'
  })
  expect(costFigure({ ...call, bookedCost: null }).note).toBe('price from own')
})
