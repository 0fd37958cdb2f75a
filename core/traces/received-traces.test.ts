import { describe, expect, onTestFinished, test } from 'vitest'
import type { Span } from '../contract/traces.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import { silentLogger } from '../lib/logger.ts'
import type { ReceivedCall, ReceivedSpan } from './span-batch.ts'
import { openTestTraces, plainTrace } from './trace-samples.test-support.ts'
import { openTraces } from './traces.ts'

const OTEL_ID = '5b8efff798038103d269b633813fc60c'
const START_MS = 1_790_000_000_000

const idOf = (number: number): string => number.toString(16).padStart(16, '0')

/** A span of so many milliseconds, `at` milliseconds after the start. */
function received(
  span: { id: number; under?: number; at?: number; ms?: number } & Partial<Pick<Span, 'kind' | 'status'>>,
  more: Partial<ReceivedSpan> = {}
): ReceivedSpan {
  const { id, under, at = 0, ms = 10, kind = 'other', status = 'ok' } = span
  return {
    span: {
      id: idOf(id),
      parentId: under === undefined ? null : idOf(under),
      name: `span ${id}`,
      kind,
      startUs: (START_MS + at) * 1000,
      durationUs: ms * 1000,
      status,
      note: null,
      firstTokenUs: null,
      attributes: { number: id }
    },
    call: null,
    labels: { feature: null, project: null, session: null, tags: [] },
    texts: null,
    request: null,
    response: null,
    question: null,
    ...more
  }
}

const call = (tokens: number, cost: ReceivedCall['cost']): ReceivedCall => ({
  provider: 'openai',
  model: 'gpt-4o',
  providerModel: 'gpt-4o-2024-08-06',
  usage: {
    input: { total: tokens, noCache: tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: tokens, text: tokens, reasoning: 0 }
  },
  cost
})
const priced = (nanoUsd: number): ReceivedCall['cost'] => ({ kind: 'priced', nanoUsd, source: 'list' })
const batch = (...spans: ReceivedSpan[]) => ({
  otelTraceId: OTEL_ID,
  callerId: 'key 1',
  app: 'Script',
  spans
})

test('a trace of thousands of spans comes encoded from another thread, and says the same', async () => {
  const { store, dataDir } = await openTestTraces()
  const retention = () => ({ bodyDays: 30, traceDays: 365, bodyMegabytes: 4096 })
  const traces = openTraces({ store, dataDir, retention, logger: silentLogger })
  onTestFinished(() => traces.close())
  const steps = Array.from({ length: 2000 }, (_, index) => received({ id: index + 2, under: 1, at: index }))
  const { summary } = await traces.append(batch(received({ id: 1, ms: 2000 }), ...steps))
  const many = await traces.get(summary.id)
  if (!(many instanceof EncodedJson)) throw new Error('It was not encoded')
  const trace = many.decode()
  const ids = trace.spans.map(({ id }) => id)
  expect(ids.toSorted()).toEqual([idOf(1), ...steps.map(({ span }) => span.id)])
  expect(trace).toMatchObject({ ...summary, requestBody: null })
})

describe('a trace that comes in pieces', () => {
  test('children first, is one trace that begins with its root', async () => {
    const { traces } = await openTestTraces()
    await traces.append(batch(received({ id: 3, under: 2, at: 30, kind: 'tool' })))
    await traces.append(batch(received({ id: 2, under: 1, at: 20, ms: 30 })))
    const { summary } = await traces.append(
      batch(received({ id: 1, at: 0, ms: 100, status: 'error' }, { question: 'Why?' }))
    )
    expect(summary).toMatchObject({
      startedAt: START_MS,
      durationMs: 100,
      status: 'error',
      title: 'Why?',
      app: 'Script',
      source: 'otlp'
    })
    expect(await traces.list({ limit: 10 })).toEqual([summary])
    expect((await traces.get(summary.id))?.spans).toMatchObject([
      { id: idOf(1), startUs: 0, attributes: { number: 1 } },
      { id: idOf(2), startUs: 20_000 },
      { id: idOf(3), startUs: 30_000, kind: 'tool' }
    ])
  })

  test('at the same moment, is still one', async () => {
    const { traces } = await openTestTraces()
    await Promise.all([1, 2, 3].map((id) => traces.append(batch(received({ id, at: id })))))
    const [only, ...others] = await traces.list({ limit: 10 })
    expect(others).toEqual([])
    expect((await traces.get(only?.id ?? ''))?.spans).toHaveLength(3)
  })

  test('goes on after a restart', async () => {
    const { traces, reopen } = await openTestTraces()
    await traces.append(
      batch(received({ id: 2, under: 1, at: 5, kind: 'provider' }, { call: call(10, priced(7)) }))
    )
    const again = reopen()
    const { summary, isNew } = await again.append(
      batch(
        received({ id: 2, under: 1, at: 5, kind: 'provider' }, { call: call(10, priced(7)) }),
        received({ id: 1, at: 0, ms: 40, kind: 'provider' }, { call: call(10, priced(7)) }),
        received({ id: 3, under: 1, at: 20, kind: 'provider' }, { call: call(1, priced(2)) })
      )
    )
    expect(isNew).toBe(false)
    expect(summary).toMatchObject({
      startedAt: START_MS,
      durationMs: 40,
      cost: { nanoUsd: 9 },
      usage: { input: { total: 11 } }
    })
    expect(await again.list({ limit: 10 })).toEqual([summary])
  })

  test('of two programs, is one for each', async () => {
    const { traces } = await openTestTraces()
    await traces.append(batch(received({ id: 1 })))
    await traces.append({ ...batch(received({ id: 2, under: 1 })), callerId: 'key 2', app: 'Other' })
    expect((await traces.list({ limit: 10 })).map(({ app }) => app).toSorted()).toEqual(['Other', 'Script'])
  })

  test('of 30,000 spans in exports of 512, is given whole', async () => {
    const { traces } = await openTestTraces()
    const spans = Array.from({ length: 30_000 }, (_, at) =>
      received({ id: 30_000 - at, under: 1, at: 30_000 - at })
    )
    const exports = Array.from({ length: Math.ceil(spans.length / 512) }, (_, at) =>
      spans.slice(at * 512, at * 512 + 512)
    )
    await Promise.all(exports.map((some) => traces.append(batch(...some))))
    const [only] = await traces.list({ limit: 10 })
    const whole = await traces.get(only?.id ?? '')
    expect(whole?.spans).toHaveLength(30_000)
    expect(whole?.spans[0]).toMatchObject({ id: idOf(1), startUs: 0 })
    expect(only).toMatchObject({ startedAt: START_MS + 1, durationMs: 30_009 })
  })
})

describe('the sums', () => {
  test('count a span that is sent twice once', async () => {
    const { traces } = await openTestTraces()
    const sent = batch(received({ id: 1, kind: 'provider' }, { call: call(10, priced(7)) }))
    await traces.append(sent)
    const { summary } = await traces.append(sent)
    expect(summary).toMatchObject({ usage: { input: { total: 10 } }, cost: priced(7), model: 'gpt-4o' })
    expect((await traces.get(summary.id))?.spans).toHaveLength(1)
  })

  test.each([
    ['inner first', [3, 2, 1]],
    ['outer first', [1, 2, 3]]
  ])('count a call that a framework and its library both report once, %s', async (_, order) => {
    const { traces } = await openTestTraces()
    const ofId: Record<number, ReceivedSpan> = {
      1: received({ id: 1, kind: 'provider' }, { call: call(10, priced(7)) }),
      2: received({ id: 2, under: 1 }),
      3: received({ id: 3, under: 2, kind: 'provider' }, { call: call(10, priced(7)) })
    }
    for (const id of order) await traces.append(batch(ofId[id] ?? received({ id })))
    const [only] = await traces.list({ limit: 1 })
    expect(only).toMatchObject({ usage: { output: { total: 10 } }, cost: priced(7) })
  })

  test('are unknown as soon as what one call cost is', async () => {
    const { traces } = await openTestTraces()
    await traces.append(batch(received({ id: 2, under: 1, kind: 'provider' }, { call: call(1, priced(5)) })))
    const { summary } = await traces.append(
      batch(received({ id: 3, under: 1, kind: 'provider' }, { call: call(1, { kind: 'unknown' }) }))
    )
    expect(summary).toMatchObject({ cost: { kind: 'unknown' }, usage: { input: { total: 2 } } })
  })
})

test('a call through the gateway stands under the span that made it, in the trace of either', async () => {
  const { traces } = await openTestTraces()
  const { summary } = await traces.append(batch(received({ id: 2, under: 1, at: 50 })))
  await traces.append(batch(received({ id: 1, at: 0, ms: 200 })))
  const stage = received({ id: 9 }).span
  const gatewayCall = plainTrace(
    { startedAt: START_MS + 60 },
    {
      context: { traceId: OTEL_ID, parentSpanId: idOf(2) },
      spans: [{ ...stage, kind: 'provider', startUs: 100 }]
    }
  )
  await traces.record(gatewayCall)
  expect(
    (await traces.get(summary.id))?.spans.map(({ id, parentId, startUs }) => [id, parentId, startUs])
  ).toEqual([
    [idOf(1), null, 0],
    [idOf(2), idOf(1), 50_000],
    [idOf(9), idOf(2), 60_100]
  ])
  expect((await traces.get(gatewayCall.summary.id))?.spans.map(({ id, startUs }) => [id, startUs])).toEqual([
    [idOf(1), -60_000],
    [idOf(2), -10_000],
    [idOf(9), 100]
  ])
})

describe('texts', () => {
  const texts = { 'input.value': 'What is a zeppelin?', 'output.value': 'x'.repeat(5000) }
  const said = received(
    { id: 2, under: 1 },
    { texts: JSON.stringify(texts), request: texts['input.value'], response: texts['output.value'] }
  )

  test('stand at their span, in the trace and in the search', async () => {
    const { traces } = await openTestTraces()
    const { summary } = await traces.append(batch(said))
    const trace = await traces.get(summary.id)
    expect(trace?.spans[0]?.attributes).toEqual({ number: 2, ...texts })
    expect(trace).toMatchObject({ requestBody: texts['input.value'], responseBody: texts['output.value'] })
    await traces.indexed()
    expect(await traces.list({ limit: 10, text: 'zeppelin' })).toHaveLength(1)
  })

  test('of any of its spans lead a search to the trace, until they are erased', async () => {
    const { store, traces } = await openTestTraces()
    const { summary } = await traces.append(batch(said))
    await traces.indexed()
    const found = { 'gen_ai.tool.call.result': JSON.stringify({ rows: ['An ornithopter.'] }) }
    const messages = [{ role: 'tool', content: 'A gyrocopter.' }]
    await traces.append(
      batch(
        received({ id: 3, under: 2, kind: 'tool' }, { texts: JSON.stringify(found) }),
        received({ id: 4, under: 2 }, { texts: JSON.stringify({ 'gen_ai.input.messages': messages }) })
      )
    )
    await traces.indexed()
    for (const text of ['ornithopter', 'gyrocopter', 'zeppelin'])
      expect((await traces.list({ limit: 10, text })).map(({ id }) => id)).toEqual([summary.id])
    await traces.erase([summary.id], 'texts')
    await traces.indexed()
    expect(await traces.list({ limit: 10, text: 'ornithopter' })).toEqual([])
    expect(store.traces.all('SELECT id FROM search_documents')).toEqual([])
  })

  test('of the whole are those of its root, however late it comes and however long they are', async () => {
    const { traces } = await openTestTraces()
    await traces.append(batch(said))
    const root = received({ id: 1 }, { request: 'y'.repeat(3000), response: 'short' })
    const { summary } = await traces.append(batch(root))
    await traces.append(batch(received({ id: 3, under: 1, at: 1 }, { response: 'later' })))
    expect(await traces.get(summary.id)).toMatchObject({
      requestBody: 'y'.repeat(3000),
      responseBody: 'short'
    })
  })

  test('go with the bodies, before the numbers', async () => {
    const { traces, store } = await openTestTraces()
    const { summary } = await traces.append(batch(said))
    await traces.prune(START_MS + 31 * 86_400_000)
    expect(await traces.get(summary.id)).toMatchObject({
      requestBody: null,
      spans: [{ attributes: { number: 2 } }]
    })
    expect(store.traces.all('SELECT span_id FROM span_texts')).toEqual([])
  })

  test('are gone with an erased trace, and what comes later begins another', async () => {
    const { traces, store } = await openTestTraces()
    const { summary } = await traces.append(batch(said))
    await traces.erase([summary.id], 'all')
    expect(store.traces.all('SELECT span_id FROM span_texts')).toEqual([])
    const later = batch(received({ id: 1 }))
    await traces.append(later).catch(() => traces.append(later))
    expect((await traces.list({ limit: 10 })).map(({ title }) => title)).toEqual(['span 1'])
  })
})

test('labels that the person changed stay', async () => {
  const { traces } = await openTestTraces()
  const labels = { feature: 'research', project: null, session: 'run 1', tags: ['a'] }
  const { summary } = await traces.append(batch(received({ id: 2, under: 1 }, { labels })))
  await traces.update(summary.id, { tags: ['mine'] })
  await traces.append(batch(received({ id: 1 }, { labels })))
  expect((await traces.get(summary.id))?.labels).toEqual({ ...labels, tags: ['mine'] })
})

test('a trace of a clock that is ahead is not ahead of the others for ever', async () => {
  const { traces } = await openTestTraces()
  await traces.append(batch(received({ id: 1, at: 40 * 365 * 86_400_000 })))
  await new Promise((resolve) => setTimeout(resolve, 2))
  await traces.record(plainTrace({ title: 'later' }))
  expect((await traces.list({ limit: 1 }))[0]?.title).toBe('later')
})
