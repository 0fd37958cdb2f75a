import { describe, expect, test } from 'vitest'
import { callOf, usageOf, valuesOf } from './export.test-support.ts'
import type { EndedCall } from './export-call.ts'
import { type SpanOptions, toOtlpSpans } from './export-spans.ts'

const options: SpanOptions = {
  provider: (id) => ({ kind: id, onDevice: id === 'on-device' }),
  withBodies: false,
  conventions: '1.41'
}
const rootOf = (call: EndedCall, changed: Partial<SpanOptions> = {}) => {
  const [root] = toOtlpSpans(call, { ...options, ...changed })
  if (!root) throw new Error('no span')
  return { ...root, values: valuesOf(root.attributes) }
}

describe('a call', () => {
  test('is one span with its waterfall below, at the times it took', () => {
    const call = callOf('gpt-4o', { id: '0192f0c0ffee70008000123456789abc' })
    const [root, attempt] = toOtlpSpans(call, options)
    expect(root).toMatchObject({
      traceId: '0192f0c0ffee70008000123456789abc',
      spanId: '123456789abc0000'.slice(-16),
      parentSpanId: '',
      name: 'chat gpt-4o',
      kind: 3,
      startTimeUnixNano: '1800000000123000000',
      endTimeUnixNano: '1800000000223500000',
      status: { code: 0 }
    })
    expect(attempt).toMatchObject({
      traceId: root?.traceId,
      spanId: '00000000beef0001',
      parentSpanId: root?.spanId,
      kind: 3,
      startTimeUnixNano: '1800000000124500000',
      endTimeUnixNano: '1800000000204500000'
    })
  })

  test("stands in the trace of its client, below the client's span", () => {
    const context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', parentSpanId: '00f067aa0ba902b7' }
    const [root, attempt] = toOtlpSpans(callOf('a', {}, { context }), options)
    expect(root).toMatchObject({ traceId: context.traceId, parentSpanId: context.parentSpanId })
    expect(attempt).toMatchObject({ traceId: context.traceId, parentSpanId: root?.spanId })
  })

  test('says who was asked, what was used and what it cost', () => {
    const usage = usageOf(
      { total: 100, noCache: 50, cacheRead: 30, cacheWrite5m: 15, cacheWrite1h: 5 },
      { total: 20, text: 12, reasoning: 8 }
    )
    const labels = { feature: 'titles', project: 'site', session: 's-1', tags: ['night', 'test'] }
    const outcome = { errorCode: null, finish: 'stop', servedModel: 'mistral-small-2506' }
    const call = callOf('mistral-small', { providerId: 'mistral', model: 'fast', usage, labels }, { outcome })
    expect(rootOf(call).values).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': 'mistral-small',
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'mistral-small-2506',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.01,
      'gen_ai.conversation.id': 's-1',
      'gen_ai.usage.input_tokens': '100',
      'gen_ai.usage.output_tokens': '20',
      'gen_ai.usage.cache_read.input_tokens': '30',
      'gen_ai.usage.cache_creation.input_tokens': '20',
      'gen_ai.usage.reasoning.output_tokens': '8',
      'gen_ai.usage.cost': 0.00125,
      'session.id': 's-1',
      'tag.tags': ['night', 'test'],
      'homeport.app': 'Editor',
      'homeport.dialect': 'openai-chat',
      'homeport.model': 'fast',
      'homeport.provider': 'mistral',
      'homeport.cost': 'priced',
      'homeport.feature': 'titles',
      'homeport.project': 'site'
    })
    const latest = rootOf(call, { conventions: 'latest' }).values
    expect(latest['gen_ai.usage.cache_write.input_tokens']).toBe('20')
    expect(latest).not.toHaveProperty(['gen_ai.usage.cache_creation.input_tokens'])
  })

  test('that failed says why, in a word that there are few of', () => {
    const failed = { status: 'error' as const, errorMessage: 'openai is overloaded.', usage: null }
    const outcome = { errorCode: 'upstream-failed', finish: null, servedModel: null }
    const root = rootOf(callOf('a', failed, { outcome }))
    expect(root.status).toEqual({ code: 2, message: 'openai is overloaded.' })
    expect(root.values['error.type']).toBe('upstream-failed')
    expect(root.values).not.toHaveProperty(['gen_ai.usage.input_tokens'])
    expect(rootOf(callOf('a', failed)).values['error.type']).toBe('_OTHER')
    const stopped = rootOf(callOf('a', { status: 'aborted' }))
    expect(stopped).toMatchObject({ status: { code: 0 }, values: { 'error.type': 'aborted' } })
  })

  test('whose price nobody knows has no cost, one of this machine costs nothing', () => {
    const unknown = rootOf(callOf('a', { cost: { kind: 'unknown' } })).values
    expect(unknown).not.toHaveProperty(['gen_ai.usage.cost'])
    expect(unknown['homeport.cost']).toBe('unknown')
    const here = rootOf(callOf('a', { cost: { kind: 'free' }, providerId: 'on-device' }))
    expect(here).toMatchObject({ kind: 1, values: { 'gen_ai.usage.cost': 0, 'homeport.cost': 'free' } })
  })

  test('that the cache answered used no tokens', () => {
    const hit = rootOf(callOf('a', { cache: 'hit', cost: { kind: 'priced', nanoUsd: 0, source: 'cache' } }))
    expect(hit.values).not.toHaveProperty(['gen_ai.usage.input_tokens'])
    expect(hit.values).toMatchObject({ 'homeport.cache': 'hit', 'gen_ai.usage.cost': 0 })
  })
})

describe('prompts and answers', () => {
  const request = {
    model: 'openai/a',
    temperature: 1,
    max_completion_tokens: 50,
    stop: 'END',
    messages: [{ role: 'user', content: 'A secret question' }]
  }
  const call = callOf('a', {}, { requestBody: JSON.stringify(request), responseBody: 'A secret answer' })

  test('stay here unless they are wanted; what was wished for goes', () => {
    const [root] = toOtlpSpans(call, options)
    expect(JSON.stringify(root)).not.toContain('secret')
    expect(rootOf(call).values).toMatchObject({
      'gen_ai.request.temperature': 1,
      'gen_ai.request.max_tokens': '50',
      'gen_ai.request.stop_sequences': ['END']
    })
    expect(root?.attributes.find(({ key }) => key === 'gen_ai.request.temperature')?.value).toEqual({
      doubleValue: 1
    })
  })

  test('go as messages where they are wanted', () => {
    const { values } = rootOf(call, { withBodies: true })
    expect(JSON.parse(String(values['gen_ai.input.messages']))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'A secret question' }] }
    ])
    expect(JSON.parse(String(values['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'A secret answer' }] }
    ])
  })
})
