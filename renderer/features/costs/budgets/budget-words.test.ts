import { describe, expect, it } from 'vitest'
import { actionWords, budgetFill, leftWords, scopeWords } from './budget-words.ts'

const names = { key: (id: string) => `key ${id}`, provider: (id: string) => `provider ${id}` }

it('says what is watched', () => {
  expect(scopeWords({ kind: 'all' }, names)).toBe('all calls')
  expect(scopeWords({ kind: 'app-key', keyId: 'k1' }, names)).toBe('calls of key k1')
  expect(scopeWords({ kind: 'provider', providerId: 'openai' }, names)).toBe('calls to provider openai')
})

it('says what is done, in its order', () => {
  expect(actionWords([])).toBe('only tells you')
  expect(actionWords([{ kind: 'use-model', model: 'fast' }, { kind: 'on-device' }, { kind: 'refuse' }])).toBe(
    'asks fast, then goes on-device, then refuses'
  )
})

describe('budgetFill', () => {
  const budget = { limitNanoUsd: 1000, spentNanoUsd: 0, reservedNanoUsd: 0, warnAt: [80] }

  it('turns at a warn level, and again when all is used', () => {
    expect(budgetFill({ ...budget, spentNanoUsd: 799 }).tone).toBe('ok')
    expect(budgetFill({ ...budget, spentNanoUsd: 800 }).tone).toBe('warn')
    expect(budgetFill({ ...budget, spentNanoUsd: 999 })).toMatchObject({ tone: 'warn', percent: 99 })
    expect(budgetFill({ ...budget, warnAt: [], spentNanoUsd: 1000 }).tone).toBe('bad')
  })

  it('never draws more than the bar, and says how much it was', () => {
    const fill = budgetFill({ ...budget, spentNanoUsd: 1200, reservedNanoUsd: 300 })
    expect(fill).toMatchObject({ spent: 1, reserved: 0, percent: 120 })
  })

  it('draws what is set aside after what is spent', () => {
    expect(budgetFill({ ...budget, spentNanoUsd: 500, reservedNanoUsd: 100 })).toMatchObject({
      spent: 0.5,
      reserved: 0.1
    })
  })
})

it('says what is left, or by how much it is over', () => {
  expect(leftWords({ limitNanoUsd: 5e9, spentNanoUsd: 2e9 })).toBe('$3.00 left')
  expect(leftWords({ limitNanoUsd: 5e9, spentNanoUsd: 5_010_000_000 })).toBe('$0.0100 over')
})
