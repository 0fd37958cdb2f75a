import { describe, expect, test } from 'vitest'
import type { Span, TraceSummary } from '../contract/traces.ts'
import { newTraceId } from '../lib/ids.ts'
import type { NewTrace } from './new-trace.ts'
import { openTestTraces } from './trace-samples.test-support.ts'

const DAY_MS = 86_400_000

const stage: Span = {
  id: '00000000000000aa',
  parentId: null,
  name: 'resolve',
  kind: 'stage',
  startUs: 10,
  durationUs: 20,
  status: 'ok',
  note: 'up/gpt-4o',
  firstTokenUs: null
}
const attempt: Span = {
  ...stage,
  id: '00000000000000bb',
  name: 'chat gpt-4o',
  kind: 'provider',
  startUs: 40,
  durationUs: 5000,
  note: 'stop',
  firstTokenUs: 1200
}
const settle: Span = { ...stage, id: '00000000000000cc', name: 'settle', startUs: 5050 }

function traceOf(summary: Partial<TraceSummary> = {}, changed: Partial<NewTrace> = {}): NewTrace {
  return {
    summary: {
      id: newTraceId(),
      startedAt: 1_800_000_000_000,
      durationMs: 5.05,
      firstTokenMs: 1.2,
      status: 'ok',
      app: 'Editor',
      dialect: 'openai-chat',
      model: 'up/gpt-4o',
      providerId: 'up',
      providerModel: 'gpt-4o',
      cache: null,
      savedNanoUsd: null,
      title: 'Why is the sky blue?',
      usage: {
        input: { total: 5, noCache: 3, cacheRead: 2, cacheWrite5m: 0, cacheWrite1h: 0 },
        output: { total: 7, text: 4, reasoning: 3 }
      },
      cost: { kind: 'priced', nanoUsd: 123, source: 'models.dev, 2026-07-02' },
      stream: true,
      errorMessage: null,
      labels: { feature: null, project: null, session: null, tags: [] },
      score: null,
      source: 'gateway',
      ...summary
    },
    chatId: null,
    spans: [stage, attempt, settle],
    route: null,
    warnings: ['top_k was dropped'],
    requestBody: Buffer.from('{"model":"up/gpt-4o"}'),
    responseBody: 'Because of Rayleigh scattering.',
    ...changed
  }
}

/** A trace id as it would be made at that time. */
const idAt = (time: number): string => time.toString(16).padStart(12, '0') + newTraceId().slice(12)
const titles = (list: TraceSummary[]): string[] => list.map(({ title }) => title)

test('gives back what was recorded', async () => {
  const { traces } = await openTestTraces()
  const trace = traceOf()
  await traces.record(trace)
  expect(await traces.get(trace.summary.id)).toEqual({
    ...trace.summary,
    bookedCost: null,
    parentSpanId: null,
    spans: [stage, attempt, settle],
    route: null,
    warnings: ['top_k was dropped'],
    requestBody: '{"model":"up/gpt-4o"}',
    responseBody: 'Because of Rayleigh scattering.',
    bodiesTruncated: false,
    comment: null
  })
  expect(await traces.list({ limit: 10 })).toEqual([trace.summary])
  expect(await traces.get(newTraceId())).toBeNull()
})

test('gives back how the model was chosen, and what a kept answer saved', async () => {
  const { traces } = await openTestTraces()
  const route = {
    why: 'easy, 0: nothing speaks of a hard task → fast',
    order: [{ model: 'up/gpt-4o', why: 'first of the list' }],
    leftOut: [{ model: 'up/o1', why: 'cannot see images' }],
    difficulty: { score: 0, reasons: [] }
  }
  const trace = traceOf({ model: 'auto', cache: 'hit', savedNanoUsd: 4200 }, { route })
  await traces.record(trace)
  expect(await traces.get(trace.summary.id)).toMatchObject({ ...trace.summary, route })
  expect(await traces.list({ limit: 1 })).toEqual([trace.summary])
})

test('keeps no body where none was to be recorded, and null for unknown numbers', async () => {
  const { store, traces } = await openTestTraces()
  const trace = traceOf(
    { usage: null, firstTokenMs: null, providerId: null, cost: { kind: 'unknown' } },
    { requestBody: null, responseBody: null }
  )
  await traces.record(trace)
  expect(await traces.get(trace.summary.id)).toMatchObject({
    ...trace.summary,
    requestBody: null,
    responseBody: null
  })
  expect(store.traces.all('SELECT id FROM bodies')).toEqual([])
})

describe('the list', () => {
  test('is newest first and continues from the last trace seen', async () => {
    const { traces } = await openTestTraces()
    for (const title of ['one', 'two', 'three', 'four', 'five']) await traces.record(traceOf({ title }))
    const first = await traces.list({ limit: 2 })
    expect(titles(first)).toEqual(['five', 'four'])
    const second = await traces.list({ limit: 2, before: first[1]?.id })
    expect(titles(second)).toEqual(['three', 'two'])
    expect(titles(await traces.list({ limit: 2, before: second[1]?.id }))).toEqual(['one'])
  })

  test('searches title, models and app, together with the status', async () => {
    const { traces } = await openTestTraces()
    await traces.record(traceOf({ title: 'Blue sky' }))
    await traces.record(traceOf({ title: 'a', model: 'fast', providerModel: 'skynet', status: 'error' }))
    await traces.record(traceOf({ title: 'b', app: 'Skype' }))
    await traces.record(traceOf({ title: 'c' }))
    expect(titles(await traces.list({ limit: 10, search: 'sky' }))).toEqual(['b', 'a', 'Blue sky'])
    expect(titles(await traces.list({ limit: 1, search: 'SKY' }))).toEqual(['b'])
    expect(titles(await traces.list({ limit: 10, search: 'sky', status: 'error' }))).toEqual(['a'])
    expect(titles(await traces.list({ limit: 10, status: 'error' }))).toEqual(['a'])
  })

  test('takes the wildcards of a search as the characters they are', async () => {
    const { traces } = await openTestTraces()
    await traces.record(traceOf({ title: '100% sure' }))
    await traces.record(traceOf({ title: '100 times sure' }))
    await traces.record(traceOf({ title: 'snake_case' }))
    await traces.record(traceOf({ title: 'back\\slash' }))
    expect(titles(await traces.list({ limit: 10, search: '100%' }))).toEqual(['100% sure'])
    expect(titles(await traces.list({ limit: 10, search: 'e_c' }))).toEqual(['snake_case'])
    expect(titles(await traces.list({ limit: 10, search: 'k\\s' }))).toEqual(['back\\slash'])
  })
})

describe('bodies', () => {
  test('are stored once, however many traces share them, and compressed', async () => {
    const { store, traces } = await openTestTraces()
    const requestBody = Buffer.from('The same system prompt. '.repeat(4000))
    await traces.record(traceOf({}, { requestBody, responseBody: null }))
    const sizes = () => store.traces.all<{ size: number }>('SELECT length(data) AS size FROM bodies')
    const once = sizes()
    await traces.record(traceOf({}, { requestBody: Buffer.from(requestBody), responseBody: null }))
    expect(sizes()).toEqual(once)
    expect(once.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(1000)
  })

  test('that grow by a turn are kept once as far as they are the same', async () => {
    const { store, traces, reopen } = await openTestTraces()
    const turnsOf = (count: number) =>
      JSON.stringify({
        messages: Array.from({ length: count }, (_, n) => ({
          role: 'user',
          content: Buffer.from(new Uint8Array(4500).map((_, at) => (at * at * (n + 3)) >> 5)).toString(
            'base64'
          )
        }))
      })
    const size = () =>
      store.traces.get<{ size: number }>('SELECT sum(length(data)) AS size FROM bodies')?.size ?? 0
    const first = traceOf({}, { requestBody: Buffer.from(turnsOf(20)), responseBody: null })
    await traces.record(first)
    const before = size()
    const second = traceOf({}, { requestBody: Buffer.from(turnsOf(21)), responseBody: null })
    await traces.record(second)
    expect(size() - before).toBeLessThan(before / 3)
    // as after a restart, when nothing is known any more
    await reopen().record(traceOf({}, { requestBody: Buffer.from(turnsOf(21)), responseBody: null }))
    expect(size() - before).toBeLessThan(before / 3)
    expect((await traces.get(first.summary.id))?.requestBody).toBe(turnsOf(20))
    expect((await traces.get(second.summary.id))?.requestBody).toBe(turnsOf(21))
  })

  test('whose tools follow a conversation keep one copy of them while it grows', async () => {
    const { store, traces } = await openTestTraces()
    const tools = Array.from({ length: 30 }, (_, n) => ({
      name: `tool-${n}`,
      description: 'use '.repeat(500)
    }))
    const sent: [string, string][] = []
    for (let turns = 1; turns <= 4; turns++) {
      const messages = Array.from({ length: turns }, (_, n) => ({
        role: 'user',
        content: `${n} `.repeat(900)
      }))
      const requestBody = JSON.stringify({ messages, tools })
      const trace = traceOf({}, { requestBody: Buffer.from(requestBody), responseBody: null })
      await traces.record(trace)
      sent.push([trace.summary.id, requestBody])
    }
    for (const [id, requestBody] of sent) expect((await traces.get(id))?.requestBody).toBe(requestBody)
    expect(store.traces.all('SELECT id FROM bodies')).toHaveLength(2)
  })

  test('are shown to 200,000 characters, and never end in half a character', async () => {
    const { traces } = await openTestTraces()
    const trace = traceOf({}, { requestBody: `x${'😀'.repeat(100_000)}`, responseBody: 'a'.repeat(200_000) })
    await traces.record(trace)
    const read = await traces.get(trace.summary.id)
    expect(read?.bodiesTruncated).toBe(true)
    expect(read?.requestBody).toBe(`x${'😀'.repeat(99_999)}`)
    expect(read?.responseBody).toHaveLength(200_000)
  })

  test('of every size come back as they were', async () => {
    const { traces } = await openTestTraces()
    for (const size of [0, 1, 8191, 8192, 90_000]) {
      const trace = traceOf({}, { requestBody: Buffer.alloc(size, 'é'), responseBody: 'ü'.repeat(size) })
      await traces.record(trace)
      expect(await traces.get(trace.summary.id)).toMatchObject({
        requestBody: Buffer.alloc(size, 'é').toString(),
        responseBody: 'ü'.repeat(size)
      })
    }
  })

  test('that are not text are shown as far as they can be', async () => {
    const { traces } = await openTestTraces()
    const trace = traceOf({}, { requestBody: Buffer.from([0x7b, 0xff, 0x7d]) })
    await traces.record(trace)
    expect((await traces.get(trace.summary.id))?.requestBody).toBe('{\ufffd}')
  })
})

describe('retention', () => {
  const now = 1_800_000_000_000

  test('drops bodies that no trace of the last 30 days has, and keeps the traces', async () => {
    const { store, traces } = await openTestTraces()
    const shared = 'The same system prompt. '.repeat(400)
    const old = traceOf(
      { id: idAt(now - 31 * DAY_MS), startedAt: now - 31 * DAY_MS },
      { requestBody: shared, responseBody: 'old answer' }
    )
    const recent = traceOf(
      { id: idAt(now - 29 * DAY_MS), startedAt: now - 29 * DAY_MS },
      { requestBody: shared, responseBody: 'recent answer' }
    )
    await traces.record(old)
    await traces.record(recent)
    await traces.prune(now)
    expect(await traces.get(old.summary.id)).toMatchObject({ requestBody: shared, responseBody: null })
    expect(await traces.get(recent.summary.id)).toMatchObject({ responseBody: 'recent answer' })
    expect(store.traces.all('SELECT id FROM bodies')).toHaveLength(1)
    expect(store.traces.all('SELECT trace_id FROM small_bodies')).toHaveLength(1)
  })

  test('leaves nothing of a body whose end is gone, though others still have its parts', async () => {
    const { traces } = await openTestTraces()
    const bodyOf = (last: string) =>
      JSON.stringify([
        { role: 'user', content: 'word '.repeat(4000) },
        { role: 'user', content: last }
      ])
    const recordedAt = async (startedAt: number, requestBody: string): Promise<string> => {
      const trace = traceOf({ id: idAt(startedAt), startedAt }, { requestBody })
      await traces.record(trace)
      return trace.summary.id
    }
    const old = await recordedAt(now - 31 * DAY_MS, bodyOf('one'))
    const recent = await recordedAt(now - 29 * DAY_MS, bodyOf('two'))
    await traces.prune(now)
    expect(await traces.get(old)).toMatchObject({ requestBody: null })
    expect(await traces.get(recent)).toMatchObject({ requestBody: bodyOf('two') })
  })

  test('drops traces older than a year with their spans, more of them than one batch holds', async () => {
    const { store, traces } = await openTestTraces()
    const yearAgo = now - 365 * DAY_MS
    const old = Array.from({ length: 1100 }, (_, i) => traceOf({ id: idAt(yearAgo - 1 - i) }))
    await Promise.all(old.map((trace) => traces.record(trace)))
    await traces.record(traceOf({ id: idAt(yearAgo), title: 'kept' }))
    await traces.prune(now)
    expect(titles(await traces.list({ limit: 10 }))).toEqual(['kept'])
    expect(store.traces.all('SELECT id FROM traces')).toHaveLength(1)
    expect(store.traces.all('SELECT trace_id FROM small_bodies')).toEqual([])
  })
})
