import { expect, it } from 'vitest'
import { callOf } from '../list/call-samples.test-support.ts'
import type { Filters } from './filters.ts'
import { matchesFilters } from './filters-match.ts'

const NOW = 1_000_000
const labels = { feature: 'commit', project: 'harbour', session: 's-1', tags: ['nightly', 'long'] }
const call = callOf(5, { cost: { kind: 'priced', nanoUsd: 100, source: 'x' }, labels })

const fitting: Filters[] = [
  {},
  { status: 'ok', app: 'Editor', dialect: 'openai-chat', provider: 'openai', source: 'gateway' },
  { model: 'fast' },
  { model: 'openai/gpt-5.2' },
  { feature: 'commit', project: 'harbour', session: 's-1', tag: 'long' },
  { from: 5000, until: 5001 },
  { since: '1h' },
  { minCostNanoUsd: 100, maxCostNanoUsd: 100 },
  { minDurationMs: 100, maxDurationMs: 100 },
  { search: ' THIS commit ' },
  { search: 'gpt-5' },
  { text: 'only the daemon knows' }
]
const excluding: Filters[] = [
  { status: 'error' },
  { app: 'editor' },
  { model: 'gpt-5.2' },
  { tag: 'night' },
  { project: 'h' },
  { source: 'otlp' },
  { until: 5000 },
  { from: 5001 },
  { minCostNanoUsd: 101 },
  { maxCostNanoUsd: 99 },
  { maxDurationMs: 99 },
  { search: 'that commit' },
  { app: 'Editor', status: 'cut' }
]

it.each(fitting)('lists a call that fits %o', (filters) => {
  expect(matchesFilters(call, filters, NOW)).toBe(true)
})

it.each(excluding)('leaves out a call because of %o', (filters) => {
  expect(matchesFilters(call, filters, NOW)).toBe(false)
})

it('finds calls that have none of something', () => {
  const lost = callOf(1, { providerId: null, providerModel: null })
  expect(matchesFilters(lost, { model: '', provider: '', project: '' }, NOW)).toBe(true)
  for (const filters of [{ model: '' }, { provider: '' }, { project: '' }])
    expect(matchesFilters(call, filters, NOW)).toBe(false)
})

it('knows no cost of a call that ran on this machine', () => {
  const here = callOf(1, { cost: { kind: 'free' } })
  expect(matchesFilters(here, { maxCostNanoUsd: 10 }, NOW)).toBe(false)
})
