import { describe, expect, test } from 'vitest'
import type { TraceQuery } from '../contract/traces.ts'
import { chatBody, labelled, openTestTraces, plainTrace } from './trace-samples.test-support.ts'
import type { Traces } from './traces.ts'

const titlesOf = async (traces: Traces, query: Partial<TraceQuery>): Promise<string[]> =>
  (await traces.list({ limit: 100, ...query })).map(({ title }) => title)

describe('a text search', () => {
  test('finds the words of prompts and answers, the last of them also as a beginning', async () => {
    const { traces } = await openTestTraces()
    await traces.record(plainTrace({ title: 'sky' }))
    await traces.record(plainTrace({ title: 'sea' }, { requestBody: chatBody('Why is the sea green?') }))
    await traces.indexed()
    expect(await titlesOf(traces, { text: 'SKY' })).toEqual(['sky'])
    expect(await titlesOf(traces, { text: 'rayleigh scat' })).toEqual(['sea', 'sky'])
    expect(await titlesOf(traces, { text: 'sea blue' })).toEqual([])
    expect(await titlesOf(traces, { text: '"sea" OR (green*' })).toEqual([])
    expect(await titlesOf(traces, { text: 'rayleigh', limit: 1 })).toEqual(['sea'])
  })

  test('finds characters of scripts without spaces', async () => {
    const { traces } = await openTestTraces()
    await traces.record(plainTrace({ title: 'ja' }, { requestBody: chatBody('空はなぜ青いのですか') }))
    await traces.indexed()
    expect(await titlesOf(traces, { text: '青い' })).toEqual(['ja'])
    expect(await titlesOf(traces, { text: '赤い' })).toEqual([])
  })

  test('finds what a chat said at the call that said it, not at every later one', async () => {
    const { traces } = await openTestTraces()
    const turns = ['Tell me of lighthouses.', 'They shine.', 'And of harbours?', 'They shelter.', 'Thanks.']
    for (const count of [1, 3, 5])
      await traces.record(
        plainTrace(
          { title: `turn ${count}` },
          { requestBody: chatBody(...turns.slice(0, count)), responseBody: turns[count] ?? 'Bye.' }
        )
      )
    await traces.indexed()
    expect(await titlesOf(traces, { text: 'lighthouses' })).toEqual(['turn 1'])
    expect(await titlesOf(traces, { text: 'harbours' })).toEqual(['turn 3'])
    expect(await titlesOf(traces, { text: 'shelter' })).toEqual(['turn 3'])
  })

  test('finds a question at every call that asked it anew', async () => {
    const { traces } = await openTestTraces()
    await traces.record(plainTrace({ title: 'one' }))
    await traces.record(plainTrace({ title: 'two' }))
    await traces.indexed()
    expect(await titlesOf(traces, { text: 'sky' })).toEqual(['two', 'one'])
  })

  test('finds what a daemon that was killed had not got to', async () => {
    const { traces, reopen } = await openTestTraces()
    await traces.record(plainTrace({ title: 'late' }))
    await traces.close()
    const again = reopen()
    await again.indexed()
    expect(await titlesOf(again, { text: 'sky' })).toEqual(['late'])
  })
})

test('filters narrow a list together, and a page goes on where the last one ended', async () => {
  const { traces } = await openTestTraces()
  const at = 1_800_000_000_000
  const labels = labelled({ feature: 'triage', project: 'mail', session: 's1', tags: ['night', 'test'] })
  await traces.record(plainTrace({ title: 'a', startedAt: at, labels, durationMs: 900 }))
  await traces.record(plainTrace({ title: 'b', startedAt: at + 1000, labels, cost: { kind: 'free' } }))
  await traces.record(plainTrace({ title: 'c', startedAt: at + 2000, app: 'Mail', source: 'otlp' }))
  await traces.record(
    plainTrace({ title: 'd', startedAt: at + 3000, status: 'error', providerId: 'other', model: 'x' })
  )
  expect(await titlesOf(traces, { feature: 'triage' })).toEqual(['b', 'a'])
  expect(await titlesOf(traces, { tag: 'night', project: 'mail', session: 's1' })).toEqual(['b', 'a'])
  expect(await titlesOf(traces, { tag: 'nigh' })).toEqual([])
  expect(await titlesOf(traces, { feature: 'triage', minCostNanoUsd: 1000 })).toEqual(['a'])
  expect(await titlesOf(traces, { minDurationMs: 900 })).toEqual(['a'])
  expect(await titlesOf(traces, { from: at + 1000, until: at + 3000 })).toEqual(['c', 'b'])
  expect(await titlesOf(traces, { app: 'Mail', source: 'otlp' })).toEqual(['c'])
  expect(await titlesOf(traces, { status: 'error', provider: 'other', model: 'x' })).toEqual(['d'])
  const [first] = await traces.list({ limit: 1, feature: 'triage' })
  expect(await titlesOf(traces, { feature: 'triage', before: first?.id })).toEqual(['a'])
})

test('a facet counts under all filters but its own', async () => {
  const { traces } = await openTestTraces()
  await traces.record(plainTrace({ labels: labelled({ tags: ['x', 'y'] }) }))
  await traces.record(plainTrace({ app: 'Mail', status: 'error', labels: labelled({ feature: 'triage' }) }))
  await traces.record(plainTrace({ app: 'Mail' }))
  const facets = await traces.facets({ app: 'Mail' })
  expect(facets).toMatchObject({
    total: 2,
    countedSince: null,
    feature: [{ value: 'triage', count: 1 }],
    tag: []
  })
  expect(facets.app).toEqual([
    { value: 'Mail', count: 2 },
    { value: 'Editor', count: 1 }
  ])
  expect(facets.status).toEqual([
    { value: 'error', count: 1 },
    { value: 'ok', count: 1 }
  ])
  expect((await traces.facets({ tag: 'x' })).tag).toEqual([
    { value: 'x', count: 1 },
    { value: 'y', count: 1 }
  ])
  await traces.indexed()
  expect(await traces.facets({ text: 'sky', status: 'error' })).toMatchObject({ total: 1 })
})
