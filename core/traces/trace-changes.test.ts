import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newTraceId } from '../lib/ids.ts'
import { chatBody, idAt, labelled, openTestTraces, plainTrace } from './trace-samples.test-support.ts'

const MB = 1024 * 1024

test('tags, a score and a comment are kept, and leave alone what is not named', async () => {
  const { traces } = await openTestTraces()
  const trace = plainTrace({ labels: labelled({ feature: 'f' }) })
  await traces.record(trace)
  const { id } = trace.summary
  await traces.update(id, { tags: ['good', 'good'], score: 1, comment: 'Right.' })
  expect(await traces.update(id, { score: null })).toMatchObject({ id, score: null })
  expect(await traces.get(id)).toMatchObject({
    labels: { feature: 'f', tags: ['good'] },
    score: null,
    comment: 'Right.'
  })
  expect(await traces.update(newTraceId(), { score: 1 })).toBeNull()
})

test('views are given back in their order', async () => {
  const { traces, reopen } = await openTestTraces()
  const views = [
    { name: 'Errors', query: { status: 'error' as const } },
    { name: 'All', query: {} }
  ]
  expect(await traces.saveViews(views)).toEqual(views)
  expect(reopen().views()).toEqual(views)
})

describe('an erased trace', () => {
  const shared = 'The same system prompt. '.repeat(400)
  const secret = 'A secret word: xylophone. '.repeat(400)

  test('is gone with its spans, words and bodies, but for what another trace has', async () => {
    const { store, traces } = await openTestTraces()
    const erased = plainTrace({}, { requestBody: secret, responseBody: shared })
    const left = plainTrace({}, { requestBody: shared, responseBody: 'short' })
    await traces.record(erased)
    await traces.record(left)
    await traces.indexed()
    expect(await traces.erase([erased.summary.id], 'all')).toEqual([erased.summary.id])
    expect(await traces.get(erased.summary.id)).toBeNull()
    expect(await traces.list({ limit: 10, text: 'xylophone' })).toEqual([])
    expect((await traces.get(left.summary.id))?.requestBody).toBe(shared)
    expect(store.traces.all('SELECT id FROM bodies')).toHaveLength(1)
    expect(await traces.erase([erased.summary.id], 'all')).toEqual([])
  })

  test('takes along what only those have that are erased with it', async () => {
    const { store, traces } = await openTestTraces()
    const [first, second, left] = [secret, secret, shared].map((requestBody) =>
      plainTrace({}, { requestBody, responseBody: shared })
    )
    if (!first || !second || !left) throw new Error('Three were made')
    for (const trace of [first, second, left]) await traces.record(trace)
    const ids = [first, second].map(({ summary }) => summary.id)
    expect(await traces.erase([...ids, newTraceId(), ...ids], 'all')).toEqual(ids)
    expect(store.traces.all('SELECT id FROM traces')).toEqual([{ id: left.summary.id }])
    expect(store.traces.all('SELECT id FROM bodies')).toHaveLength(1)
    expect(await traces.get(left.summary.id)).toMatchObject({ requestBody: shared, responseBody: shared })
    expect(await traces.erase(ids, 'all')).toEqual([])
  })

  test('keeps its numbers where only its texts are erased', async () => {
    const { store, traces } = await openTestTraces()
    const trace = plainTrace({ title: 'xylophone' }, { requestBody: secret, responseBody: 'short' })
    await traces.record(trace)
    await traces.update(trace.summary.id, { comment: 'xylophone?', score: 1 })
    await traces.indexed()
    expect(await traces.erase([trace.summary.id], 'texts')).toEqual([trace.summary.id])
    await traces.indexed()
    expect(await traces.get(trace.summary.id)).toMatchObject({
      title: '',
      usage: trace.summary.usage,
      cost: trace.summary.cost,
      requestBody: null,
      responseBody: null,
      comment: null,
      score: 1
    })
    expect(await traces.list({ limit: 10, text: 'xylophone' })).toEqual([])
    expect(store.traces.all('SELECT id FROM bodies')).toEqual([])
    expect(store.traces.all('SELECT trace_id FROM small_bodies')).toEqual([])
  })

  test('keeps of a look-up that it was made, and not what was asked', async () => {
    const { traces } = await openTestTraces()
    const lookedUp = {
      id: 'a'.repeat(16),
      parentId: null,
      name: 'retrieve',
      kind: 'retrieval' as const,
      startUs: 0,
      durationUs: 5,
      status: 'ok' as const,
      note: '2 passages',
      firstTokenUs: null
    }
    const attributes = { 'retrieval.query': 'Where is the xylophone?' }
    const trace = plainTrace({}, { spans: [{ ...lookedUp, attributes }] })
    await traces.record(trace)
    expect((await traces.get(trace.summary.id))?.spans).toEqual([{ ...lookedUp, attributes }])
    await traces.erase([trace.summary.id], 'texts')
    expect((await traces.get(trace.summary.id))?.spans).toEqual([lookedUp])
  })

  test('leaves findable what a later call of the same chat says too', async () => {
    const { traces } = await openTestTraces()
    const first = plainTrace(
      { title: 'first' },
      { requestBody: chatBody('Of lighthouses.'), responseBody: 'Yes.' }
    )
    const later = chatBody('Of lighthouses.', 'Yes.', 'More.')
    await traces.record(first)
    await traces.record(plainTrace({ title: 'second' }, { requestBody: later }))
    await traces.indexed()
    await traces.erase([first.summary.id], 'all')
    await traces.indexed()
    expect((await traces.list({ limit: 10, text: 'lighthouses' })).map(({ title }) => title)).toEqual([
      'second'
    ])
  })

  test('gives its parts back to a call that says the same again', async () => {
    const { traces } = await openTestTraces()
    const erased = plainTrace({}, { requestBody: secret })
    await traces.record(erased)
    const again = plainTrace({}, { requestBody: secret })
    await Promise.all([traces.erase([erased.summary.id], 'all'), traces.record(again)])
    expect((await traces.get(again.summary.id))?.requestBody).toBe(secret)
  })
})

test('bodies over the size that is kept go, the oldest first, and their words with them', async () => {
  const { traces, keep } = await openTestTraces()
  const now = 1_800_000_000_000
  const noise = () => randomBytes(8 * MB).toString('base64')
  const old = plainTrace({ startedAt: now - 7_200_000 }, { requestBody: noise(), responseBody: 'oldest' })
  const recent = plainTrace({ startedAt: now }, { requestBody: noise(), responseBody: 'newest' })
  await traces.record(old)
  await traces.record(recent)
  await traces.indexed()
  keep({ bodyMegabytes: 10 })
  await traces.prune(now)
  const cleared = await traces.get(old.summary.id)
  expect([cleared?.requestBody === null, cleared?.responseBody]).toEqual([true, null])
  expect((await traces.get(recent.summary.id))?.responseBody).toBe('newest')
  expect(await traces.list({ limit: 10, text: 'oldest' })).toEqual([])
})

test('an export has every trace once, page by page, whole where bodies are asked for', async () => {
  const { traces } = await openTestTraces()
  for (let index = 0; index < 520; index++)
    await traces.record(plainTrace({ startedAt: 1_800_000_000_000 + index, title: `=${index}` }))
  const lines: string[] = []
  const csv: string[] = []
  for (let next: string | null | undefined; next !== null; ) {
    const page = await traces.exportPage({ format: 'jsonl', bodies: 'true', before: next })
    lines.push(...page.text.trimEnd().split('\n'))
    next = page.next
  }
  for (let next: string | null | undefined; next !== null; ) {
    const page = await traces.exportPage({ format: 'csv', bodies: 'false', before: next })
    csv.push(...page.text.trimEnd().split('\r\n'))
    next = page.next
  }
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(520)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    title: '=519',
    responseBody: 'Because of Rayleigh scattering.'
  })
  expect(csv).toHaveLength(521)
  expect(csv[0]).toMatch(/^id,started,/)
  expect(csv[1]).toContain("'=519")
})

test('a trace is shown with the calls that other programs made it a part of, under their spans', async () => {
  const { traces } = await openTestTraces()
  const otelId = 'a'.repeat(32)
  const span = {
    name: 'x',
    startUs: 10,
    durationUs: 5,
    status: 'ok' as const,
    note: null,
    firstTokenUs: null
  }
  const script = plainTrace(
    { source: 'otlp', startedAt: 1_800_000_000_000 },
    {
      context: { traceId: otelId, parentSpanId: null },
      spans: [
        {
          ...span,
          id: 'b'.repeat(16),
          parentId: null,
          kind: 'agent',
          attributes: { 'gen_ai.agent.name': 'x' }
        }
      ]
    }
  )
  const call = plainTrace(
    { startedAt: 1_800_000_000_002 },
    {
      context: { traceId: otelId, parentSpanId: 'b'.repeat(16) },
      spans: [{ ...span, id: 'c'.repeat(16), parentId: null, kind: 'provider', firstTokenUs: 12 }]
    }
  )
  await traces.record(script)
  await traces.record(call)
  expect((await traces.get(script.summary.id))?.spans).toMatchObject([
    { id: 'b'.repeat(16), attributes: { 'gen_ai.agent.name': 'x' } },
    {
      id: 'c'.repeat(16),
      parentId: 'b'.repeat(16),
      startUs: 2010,
      firstTokenUs: 2012,
      traceId: call.summary.id
    }
  ])
  expect(await traces.get(call.summary.id)).toMatchObject({
    parentSpanId: 'b'.repeat(16),
    spans: [
      { id: 'b'.repeat(16), startUs: -1990, traceId: script.summary.id },
      { id: 'c'.repeat(16), startUs: 10 }
    ]
  })
})

test('a trace of 30,000 spans is given whole', async () => {
  const { traces } = await openTestTraces()
  const spans = Array.from({ length: 30_000 }, (_, index) => ({
    id: index.toString(16).padStart(16, '0'),
    parentId: null,
    name: 'tool',
    kind: 'tool' as const,
    startUs: index,
    durationUs: 1,
    status: 'ok' as const,
    note: null,
    firstTokenUs: null
  }))
  const trace = plainTrace({ id: idAt(1_800_000_000_000) }, { spans })
  await traces.record(trace)
  expect((await traces.get(trace.summary.id))?.spans).toEqual(spans)
})
