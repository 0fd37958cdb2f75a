import { expect, test } from 'vitest'
import type { TraceQuery } from '../contract/traces.ts'
import { labelled, openTestTraces, plainTrace } from './trace-samples.test-support.ts'
import type { Traces } from './traces.ts'

const titles = async (traces: Traces, query: Partial<TraceQuery>): Promise<string[]> =>
  (await traces.list({ limit: 100, ...query })).map(({ title }) => title).sort()

async function openCalls() {
  const { store, traces } = await openTestTraces()
  await traces.record(plainTrace({ title: 'by name' }))
  await traces.record(plainTrace({ title: 'by alias', model: 'fast' }, { callerId: 'key-1' }))
  await traces.record(
    plainTrace({ title: 'elsewhere', model: 'fast', providerId: 'two', providerModel: 'x/y' })
  )
  const unanswered = { model: 'nobody/has-it', providerId: null, providerModel: null }
  const labels = labelled({ feature: 'titles', project: 'site', session: 's' })
  await traces.record(plainTrace({ title: 'unanswered', dialect: 'rerank', labels, ...unanswered }))
  return { store, traces }
}

test('calls are found by the model that was asked for and by the one that answered', async () => {
  const { traces } = await openCalls()
  expect(await titles(traces, { model: 'up/gpt-4o' })).toEqual(['by alias', 'by name'])
  expect(await titles(traces, { model: 'fast' })).toEqual(['by alias', 'elsewhere'])
  expect(await titles(traces, { model: 'two/x/y' })).toEqual(['elsewhere'])
})

test('the empty text finds calls that have none', async () => {
  const { traces } = await openCalls()
  expect(await titles(traces, { model: '' })).toEqual(['unanswered'])
  expect(await titles(traces, { provider: '' })).toEqual(['unanswered'])
  for (const label of ['feature', 'project', 'session'] as const)
    expect(await titles(traces, { [label]: '' })).toEqual(['by alias', 'by name', 'elsewhere'])
})

test('calls are found by the id of who called, and by their dialect', async () => {
  const { traces } = await openCalls()
  expect(await titles(traces, { app: 'key-1' })).toEqual(['by alias'])
  expect(await titles(traces, { app: 'Editor', dialect: 'rerank' })).toEqual(['unanswered'])
})

test('the facet of models counts a call under both its names, and agrees with the list', async () => {
  const { traces } = await openCalls()
  const { model } = await traces.facets({})
  expect(model).toEqual([
    { value: 'fast', count: 2 },
    { value: 'up/gpt-4o', count: 2 },
    { value: 'nobody/has-it', count: 1 },
    { value: 'two/x/y', count: 1 }
  ])
  for (const { value, count } of model) {
    expect(await titles(traces, { model: value })).toHaveLength(count)
    expect((await traces.facets({ model: value })).total).toBe(count)
  }
  expect((await traces.facets({ model: '', feature: 'titles' })).total).toBe(1)
})

test('everything that narrows a list by what was summed up stands in one index', async () => {
  const { store } = await openCalls()
  const plan = store.traces.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT id FROM traces INDEXED BY traces_by_facet
     WHERE ? IN (model, provider_id || '/' || provider_model) AND ? IN (app, caller_id) AND dialect = ?
     ORDER BY id DESC LIMIT 1`,
    ...['a', 'b', 'c']
  )
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/USING COVERING INDEX traces_by_facet/)
  ])
})

test('a call that was priced anew shows what it costs now, and what it was booked at first', async () => {
  const { traces } = await openCalls()
  const [call] = await traces.list({ limit: 1, model: 'two/x/y' })
  const cost = (nanoUsd: number) => ({ kind: 'priced' as const, nanoUsd, source: 'you' })
  for (const nanoUsd of [5, 7])
    await traces.correctCosts([
      { traceId: call?.id ?? '', cost: cost(nanoUsd) },
      { traceId: `${call?.id}-1`, cost: cost(1) }
    ])
  expect(await traces.get(call?.id ?? '')).toMatchObject({
    cost: { nanoUsd: 7 },
    bookedCost: { nanoUsd: 1000 }
  })
  expect(await titles(traces, { maxCostNanoUsd: 7 })).toEqual(['elsewhere'])
})
