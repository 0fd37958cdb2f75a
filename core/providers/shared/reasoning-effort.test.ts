import { expect, it } from 'vitest'
import { budgetOf, type Effort, effortOf } from './reasoning-effort.ts'

it.each<[number, Effort]>([
  [0, 'none'],
  [1, 'minimal'],
  [2047, 'minimal'],
  [2048, 'low'],
  [8192, 'medium'],
  [20_480, 'high'],
  [30_720, 'xhigh']
])('reads a budget of %i tokens as the effort %s', (budgetTokens, effort) => {
  expect(effortOf({ budgetTokens })).toBe(effort)
})

it('takes an effort that was named before a budget, and none for the model’s own choice', () => {
  expect(effortOf({ effort: 'high', budgetTokens: 1024 })).toBe('high')
  expect(effortOf({ show: true })).toBeUndefined()
})

it('gives back the effort whose budget it gave', () => {
  for (const [effort, budgetTokens] of Object.entries(budgetOf)) {
    expect(effortOf({ budgetTokens })).toBe(effort)
  }
})
