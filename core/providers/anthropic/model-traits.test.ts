import { expect, it } from 'vitest'
import { traitsOf } from './model-traits.ts'

it.each([
  ['claude-3-haiku-20240307', 'none', 4096, 'all', false],
  ['claude-3-7-sonnet-latest', 'budget', 64_000, 'all', false],
  ['claude-opus-4-20250514', 'budget', 32_000, 'all', false],
  ['claude-opus-4-1-20250805', 'budget', 32_000, 'one', false],
  ['claude-haiku-4-5', 'budget', 64_000, 'one', true],
  ['claude-sonnet-4-6', 'adaptive', 128_000, 'one', true],
  ['claude-opus-4-7', 'adaptive', 128_000, 'none', true],
  ['claude-sonnet-5', 'adaptive', 128_000, 'none', true],
  ['claude-opus-5-5', 'adaptive', 128_000, 'none', true],
  ['claude-mythos-preview', 'adaptive', 128_000, 'none', true],
  ['claude-of-tomorrow', 'adaptive', 128_000, 'none', true],
  ['deepseek-chat', 'budget', 32_000, 'all', false]
])('knows what %s takes', (model, thinking, maxOutput, sampling, structured) => {
  expect(traitsOf(model)).toMatchObject({ thinking, maxOutput, sampling, structured })
})

it('knows which always think', () => {
  expect(traitsOf('claude-fable-5-1').alwaysThinks).toBe(true)
  expect(traitsOf('claude-opus-5').alwaysThinks).toBe(false)
})
