import { expect, test } from 'vitest'
import { actionText, readActions, readLimit, readPercents, readScope, scopeText } from './budget-words.ts'

test('dollars are read to the nano-dollar, and nothing else is taken for an amount', () => {
  expect(['20', '$0.50', '0.000000001', '999999.999999999'].map(readLimit)).toEqual([
    20_000_000_000, 500_000_000, 1, 999_999_999_999_999
  ])
  for (const word of ['0', '-1', '1,50', '1e3', '1.0000000001', '', 'ten']) {
    expect(() => readLimit(word), word).toThrow(/dollars/)
  }
})

test.each([
  'all',
  'provider:openai',
  'model:openai/ft:gpt-5/x',
  'key:01991f3e',
  'project:a b',
  'feature:search'
])('the scope %s is shown as it is typed', (word) => {
  expect(scopeText(readScope(word))).toBe(word)
})

test.each(['', 'provider', 'provider:', 'team:x', ':x'])('"%s" is no scope', (word) => {
  expect(() => readScope(word)).toThrow(/--scope takes/)
})

test('actions are read in their order, models with their colons', () => {
  const words = ['use:ollama/qwen3:4b', 'on-device', 'refuse']
  expect(readActions(words).map(actionText)).toEqual(words)
  expect(readActions(['none'])).toEqual([])
  for (const word of ['use:', 'stop', 'none']) expect(() => readActions(['refuse', word])).toThrow(/--action/)
})

test('percents are a list', () => {
  expect(readPercents('50,80,100')).toEqual([50, 80, 100])
  for (const word of ['', '80 %', '80,', '1000']) expect(() => readPercents(word)).toThrow(/--warn-at/)
})
