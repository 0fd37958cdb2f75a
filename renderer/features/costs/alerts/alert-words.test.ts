import { describe, expect, it } from 'vitest'
import type { AlertRule } from '../../../../core/contract/alerts.ts'
import { formatValue, fromField, ruleWords, scopeWords, toField, windowWords } from './alert-words.ts'

const rule: AlertRule = {
  id: 'a1',
  name: 'Spending',
  kind: 'cost',
  threshold: 5_000_000_000,
  windowMinutes: 1440,
  leastCalls: 1,
  scope: {},
  renotifyMinutes: 0,
  webhookUrl: null,
  paused: false,
  state: 'ok',
  stateSince: 0,
  value: null,
  builtIn: false
}

it('says when a rule speaks, each kind in its own unit', () => {
  expect(ruleWords(rule)).toBe('over $5.00 in 24 h')
  expect(ruleWords({ ...rule, kind: 'error-rate', threshold: 10, windowMinutes: 15 })).toBe(
    'over 10 % of calls in 15 min'
  )
  expect(ruleWords({ ...rule, kind: 'anomaly', threshold: 3, windowMinutes: 60 })).toBe(
    'over 3 × the usual, in 1 h'
  )
  expect(ruleWords({ ...rule, kind: 'budget', threshold: 80 })).toBe('from 80 % of a budget')
  expect(ruleWords({ ...rule, kind: 'budget', threshold: 80, builtIn: true })).toBe(
    'at the percents each budget names'
  )
  expect(ruleWords({ ...rule, kind: 'provider-down', threshold: 1 })).toBe('a provider does not answer')
  expect(ruleWords({ ...rule, kind: 'provider-down', threshold: 5 })).toBe(
    'a provider does not answer, from 5 failed calls on'
  )
  expect(ruleWords({ ...rule, kind: 'no-data', threshold: 72 })).toBe('no call for 3 days')
})

it('writes what was measured', () => {
  expect(formatValue('cost', 4_200_000_000)).toBe('$4.20')
  expect(formatValue('latency', 1.6491)).toBe('1.6 ×')
  expect(formatValue('provider-down', 5)).toBe('5 failed')
})

describe('a threshold in a form', () => {
  it('is dollars for money and itself otherwise', () => {
    expect(toField('cost', 5_000_000_000)).toBe(5)
    expect(fromField('cost', 0.1)).toBe(100_000_000)
    expect(fromField('latency', toField('latency', 1.5))).toBe(1.5)
  })
})

it('says lengths of time as people do', () => {
  expect([15, 60, 90, 1440, 10_080].map(windowWords)).toEqual(['15 min', '1 h', '90 min', '24 h', '7 days'])
})

it('names what a rule is narrowed to', () => {
  expect(scopeWords(rule)).toBeNull()
  expect(scopeWords({ scope: { provider: 'openai', app: 'Claude Code' } })).toBe('openai, Claude Code')
})
