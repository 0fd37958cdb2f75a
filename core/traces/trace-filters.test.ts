import { expect, test } from 'vitest'
import { openTestTraces, plainTrace } from './trace-samples.test-support.ts'

const titles = (list: { title: string }[]): string[] => list.map(({ title }) => title)
const costing = (nanoUsd: number) => ({ kind: 'priced' as const, nanoUsd, source: 'test' })

test('a range of costs has its bounds, and nothing without a price in money', async () => {
  const { traces } = await openTestTraces()
  for (const nanoUsd of [1, 5, 9])
    await traces.record(plainTrace({ title: `for ${nanoUsd}`, cost: costing(nanoUsd) }))
  await traces.record(plainTrace({ title: 'here', cost: { kind: 'free' } }))
  const range = { minCostNanoUsd: 1, maxCostNanoUsd: 5 }
  expect(titles(await traces.list({ limit: 10, ...range }))).toEqual(['for 5', 'for 1'])
  expect((await traces.facets(range)).total).toBe(2)
})

test('a range of times taken has its bounds', async () => {
  const { traces } = await openTestTraces()
  for (const durationMs of [10, 20, 30])
    await traces.record(plainTrace({ title: `${durationMs}`, durationMs }))
  expect(titles(await traces.list({ limit: 10, minDurationMs: 20, maxDurationMs: 20 }))).toEqual(['20'])
})

test('a search for parts of words narrows counts and exports as it narrows the list', async () => {
  const { traces } = await openTestTraces()
  await traces.record(plainTrace({ title: 'Blue sky' }))
  await traces.record(plainTrace({ title: 'Green field' }))
  expect((await traces.facets({ search: 'SKY' })).total).toBe(1)
  const { text } = await traces.exportPage({ format: 'jsonl', bodies: 'false', search: 'sky' })
  expect(text).toContain('Blue sky')
  expect(text).not.toContain('Green field')
})

test('counts are of whole values, whatever stands in the names of others', async () => {
  const { traces } = await openTestTraces()
  for (const model of ['up/a\u001eb', 'up/a\u001fb', 'up/plain', 'up/plain'])
    await traces.record(plainTrace({ model, providerId: null, providerModel: null }))
  expect((await traces.facets({})).model).toEqual([
    { value: 'up/plain', count: 2 },
    { value: 'up/a\u001eb', count: 1 }
  ])
})

test('a saved view keeps that it looks at what is recent', async () => {
  const { traces, reopen } = await openTestTraces()
  const views = [{ name: 'Errors of today', query: { status: 'error' as const, since: '24h' as const } }]
  await traces.saveViews(views)
  expect(reopen().views()).toEqual(views)
})

test('calls of models and readings of notes are told apart', async () => {
  const { traces } = await openTestTraces()
  await traces.record(plainTrace({ title: 'asked' }))
  await traces.record(plainTrace({ title: 'read', source: 'mcp', model: 'search_notes', providerId: null }))
  expect(titles(await traces.list({ limit: 10, source: 'gateway' }))).toEqual(['asked'])
  const [read] = await traces.list({ limit: 10, source: 'mcp' })
  expect(read).toMatchObject({ title: 'read', source: 'mcp' })
  expect((await traces.get(read?.id ?? ''))?.source).toBe('mcp')
})
