import { describe, expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import { traceIdOf } from '../errors/trace-of-error.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import {
  eventsOf,
  finish,
  inputOf,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text,
  usage
} from './pipeline.test-support.ts'

test('a call that succeeds is answered, traced, priced and booked', async () => {
  const provider = providerOf(eventsOf(text('Hel'), text('lo'), finish, usage), {
    wireDialect: 'openai-chat',
    headers: { 'x-request-id': 'req-1' },
    warnings: ['top_k was dropped']
  })
  const { pipeline, traces, entries, announced } = pipelineTo(provider)
  const result = await pipeline.call(inputOf())
  expect(result.model).toBe('up/gpt-4o')
  expect(result.head).toEqual({
    wireDialect: 'openai-chat',
    headers: { 'x-request-id': 'req-1' },
    warnings: ['top_k was dropped']
  })
  expect(await readText(result.events)).toBe('Hello')
  const outcome = await result.done
  expect(outcome).toMatchObject({
    status: 'ok',
    error: null,
    text: 'Hello',
    finish: 'stop',
    usage: { input: { total: 10 }, output: { total: 4 } },
    cost: { kind: 'priced', nanoUsd: 42 }
  })
  await settled()
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    traceId: result.traceId,
    caller: { kind: 'app-key', id: 'key-1' },
    providerId: 'up',
    providerModel: 'gpt-4o',
    status: 'ok',
    usage: outcome.usage,
    cost: outcome.cost
  })
  expect(traces).toHaveLength(1)
  expect(traces[0]).toMatchObject({
    summary: {
      id: result.traceId,
      app: 'Editor',
      title: 'Hello, who is there?',
      status: 'ok',
      cost: outcome.cost,
      stream: true
    },
    warnings: ['top_k was dropped'],
    responseBody: 'Hello'
  })
  expect(Buffer.from(traces[0]?.requestBody ?? '')).toEqual(inputOf().wire?.body)
  expect(announced).toEqual([traces[0]?.summary])
})

test('events are handed on one by one, each before the next is asked of the upstream', async () => {
  let asked = 0
  const { pipeline } = pipelineTo(
    providerOf(async function* () {
      for (const delta of ['a', 'b', 'c']) {
        asked += 1
        yield text(delta)
      }
    })
  )
  const { events } = await pipeline.call(inputOf())
  const iterator = events[Symbol.asyncIterator]()
  expect(asked).toBe(1)
  await iterator.next()
  expect(asked).toBe(1)
  await iterator.next()
  expect(asked).toBe(2)
})

describe('spans', () => {
  test('show the stages and the provider call with its time to first token', async () => {
    const { pipeline, traces } = pipelineTo(
      providerOf(eventsOf({ parts: [] }, text(''), text('Hi'), finish, usage))
    )
    const result = await pipeline.call(inputOf())
    await readText(result.events)
    const { firstTokenMs } = await result.done
    await settled()
    const spans = traces[0]?.spans ?? []
    expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
      ['resolve', 'stage'],
      ['chat gpt-4o', 'provider'],
      ['settle', 'stage']
    ])
    expect(new Set(spans.map(({ id }) => id)).size).toBe(3)
    for (const { id } of spans) expect(id).toMatch(/^[0-9a-f]{16}$/)
    const [, call] = spans
    expect(call?.note).toBe('stop · 10 tokens in, 4 out')
    expect(call?.firstTokenUs).toBeGreaterThanOrEqual(call?.startUs ?? Number.NaN)
    expect(call?.firstTokenUs).toBeLessThanOrEqual((call?.startUs ?? 0) + (call?.durationUs ?? 0))
    expect(firstTokenMs).toBeCloseTo((call?.firstTokenUs ?? 0) / 1000, 1)
    expect(traces[0]?.summary.firstTokenMs).toBe(firstTokenMs)
  })

  test('an answer without a word has no first token', async () => {
    const { pipeline } = pipelineTo(providerOf(eventsOf(text(''), finish)))
    const result = await pipeline.call(inputOf())
    await readText(result.events)
    expect((await result.done).firstTokenMs).toBeNull()
  })

  test('do not change when a reader asks beyond the end', async () => {
    const { pipeline, traces } = pipelineTo(providerOf(eventsOf(text('Hi'), finish)))
    const { events } = await pipeline.call(inputOf())
    await readText(events)
    await settled()
    const before = structuredClone(traces[0]?.spans)
    expect(await events[Symbol.asyncIterator]().next()).toMatchObject({ done: true })
    expect(traces[0]?.spans).toEqual(before)
  })

  test('reasoning counts as first token; an answer that is not streamed has none', async () => {
    const reasoning: ChatEvent = { parts: [{ type: 'reasoning-delta', text: 'hm' }] }
    const { pipeline } = pipelineTo(providerOf(eventsOf(reasoning, finish)))
    const streamed = await pipeline.call(inputOf())
    await readText(streamed.events)
    expect((await streamed.done).firstTokenMs).not.toBeNull()
    const plain = await pipeline.call(inputOf({ stream: false }))
    await readText(plain.events)
    expect(await plain.done).toMatchObject({ firstTokenMs: null, reasoning: 'hm' })
  })
})

describe('what nobody foresaw', () => {
  const quoting = () => new TypeError('cannot read "my secret prompt"')

  test('becomes a constant error before the first event', async () => {
    const { pipeline, traces } = pipelineTo({
      ...providerOf(eventsOf()),
      chat: () => Promise.reject(quoting())
    })
    const error: unknown = await pipeline.call(inputOf()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'internal', status: 500 })
    expect(String(error)).not.toContain('secret')
    await settled()
    expect(JSON.stringify(traces)).not.toContain('secret')
    expect(traceIdOf(error)).toBe(traces[0]?.summary.id)
  })

  test('becomes a constant error in the middle of a stream', async () => {
    const { pipeline } = pipelineTo(
      providerOf(async function* () {
        yield text('Hel')
        throw quoting()
      })
    )
    const result = await pipeline.call(inputOf())
    await expect(readText(result.events)).rejects.toMatchObject({ code: 'internal' })
    expect(await result.done).toMatchObject({ status: 'cut', error: { code: 'internal' } })
  })

  test('is logged by where it happened, without its message', async () => {
    const logged: unknown[] = []
    const log = (fields: unknown) => void logged.push(fields)
    const { pipeline } = pipelineTo(
      { ...providerOf(eventsOf()), chat: () => Promise.reject(quoting()) },
      { logger: { debug: log, info: log, warn: log, error: log } }
    )
    await pipeline.call(inputOf()).catch(() => {})
    expect(JSON.stringify(logged)).toContain('create-pipeline.test')
    expect(JSON.stringify(logged)).not.toContain('secret')
  })

  test.each([
    ['the ledger', { ledger: { book: () => Promise.reject(new Error('disk full')) } }],
    ['the traces', { traces: { record: () => Promise.reject(new Error('disk full')) } }],
    [
      'the prices',
      {
        price: () => {
          throw new Error('no table')
        }
      }
    ]
  ])('in %s does not break the answer', async (_, broken) => {
    const { pipeline } = pipelineTo(providerOf(eventsOf(text('Hi'), finish)), broken)
    const result = await pipeline.call(inputOf())
    expect(await readText(result.events)).toBe('Hi')
    expect(await result.done).toMatchObject({ status: 'ok' })
    await settled()
  })
})

describe('what it cost', () => {
  const servedAs = (model: string) =>
    providerOf(eventsOf({ parts: [{ type: 'served-model', model }] }, text('Hi'), usage))
  const priceOnly = (known: string) => ({
    price: (_: unknown, model: string) =>
      model === known
        ? ({ kind: 'priced', nanoUsd: 7, source: known } as const)
        : ({ kind: 'unknown' } as const)
  })

  test.each([
    ['the model that served is priced', 'gpt-4o-2024-08-06', 'priced'],
    ['a served name without a price falls back to the model asked for', 'gpt-4o', 'priced'],
    ['neither is known', 'other', 'unknown']
  ])('%s', async (_, known, kind) => {
    const { pipeline } = pipelineTo(servedAs('gpt-4o-2024-08-06'), priceOnly(known))
    const result = await pipeline.call(inputOf())
    await readText(result.events)
    expect((await result.done).cost).toMatchObject({ kind })
  })
})

test('it costs what held when it began, whatever changes while it runs', async () => {
  const { pipeline, entries } = pipelineTo(providerOf(eventsOf(text('Hi'), usage)), {
    price: (_pricing, _model, _usage, at = 0) => ({ kind: 'priced', nanoUsd: at, source: 'test' })
  })
  const result = await pipeline.call(inputOf())
  await readText(result.events)
  await result.done
  expect(entries).toMatchObject([{ cost: { nanoUsd: entries[0]?.startedAt } }])
})

describe('bodies', () => {
  test('and title stay out of the trace when they are not to be recorded', async () => {
    const { pipeline, traces } = pipelineTo(providerOf(eventsOf(text('answer'), usage)), {
      recordBodies: () => false
    })
    await readText((await pipeline.call(inputOf())).events)
    await settled()
    expect(traces[0]).toMatchObject({ requestBody: null, responseBody: null, summary: { title: '' } })
    expect(traces[0]?.summary.usage).not.toBeNull()
  })

  test('stay out of it too when the client wants so', async () => {
    const { pipeline, traces } = pipelineTo(providerOf(eventsOf(text('answer'), usage)), {})
    await readText((await pipeline.call({ ...inputOf(), withoutTexts: true })).events)
    await settled()
    expect(traces[0]).toMatchObject({ requestBody: null, responseBody: null, summary: { title: '' } })
  })

  test('an answer longer than the limit is delivered whole and kept in part', async () => {
    const { pipeline, traces } = pipelineTo(
      providerOf(eventsOf(...Array.from({ length: 10 }, () => text('0123456789')))),
      { limits: { maxTextChars: 25 } }
    )
    const result = await pipeline.call(inputOf())
    expect(await readText(result.events)).toHaveLength(100)
    expect(await result.done).toMatchObject({ text: '0123456789012345678901234', textTruncated: true })
    await settled()
    expect(traces[0]?.responseBody).toContain('cut here')
  })

  test('an answer without text is kept as the upstream sent it', async () => {
    const call: ChatEvent = { parts: [], wire: '{"tool_calls":[]}' }
    const { pipeline, traces } = pipelineTo(providerOf(eventsOf(call, call, { ...finish, wire: '{}' })))
    await readText((await pipeline.call(inputOf())).events)
    await settled()
    expect(traces[0]?.responseBody).toBe('{"tool_calls":[]}\n{"tool_calls":[]}\n{}')
  })

  test('an answer without text is kept up to the limit as well', async () => {
    const wire = '0123456789'
    const { pipeline } = pipelineTo(providerOf(eventsOf({ parts: [], wire }, { parts: [], wire })), {
      limits: { maxTextChars: 15 }
    })
    const result = await pipeline.call(inputOf())
    await readText(result.events)
    expect(await result.done).toMatchObject({ wire, textTruncated: true })
  })

  test('a refusal is kept as the upstream worded it', async () => {
    const error = new HomeportError('upstream-failed', 'Refused.', {
      wire: { dialect: 'openai-chat', body: { error: { message: 'no such model' } } }
    })
    const { pipeline, traces } = pipelineTo({ ...providerOf(eventsOf()), chat: () => Promise.reject(error) })
    await pipeline.call(inputOf()).catch(() => {})
    await settled()
    expect(traces[0]?.responseBody).toBe('{"error":{"message":"no such model"}}')
  })

  test('a call of the app itself is kept as what it asked for', async () => {
    const request = () => ({
      messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'From the window' }] }],
      output: 'text' as const,
      unmapped: []
    })
    const { pipeline, traces } = pipelineTo(providerOf(eventsOf(text('Hi'))))
    await readText((await pipeline.call(inputOf({ wire: null, request, chatId: 'chat-1' }))).events)
    await settled()
    expect(traces[0]).toMatchObject({ chatId: 'chat-1', summary: { title: 'From the window' } })
    expect(traces[0]?.requestBody).toBe(JSON.stringify(request()))
  })
})
