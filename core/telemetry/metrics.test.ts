import { describe, expect, test } from 'vitest'
import { callOf, usageOf } from './export.test-support.ts'
import { openMetrics } from './metrics.test-support.ts'
import { MAX_SERIES } from './metrics-family.ts'
import { parseMetrics } from './metrics-parser.test-support.ts'

const chat = {
  gen_ai_operation_name: 'chat',
  gen_ai_provider_name: 'openai',
  gen_ai_request_model: 'gpt-4o'
}
const gpt = { provider: 'openai', model: 'gpt-4o' }

describe('a call that went well', () => {
  test('is counted by the conventions, in their buckets', async () => {
    const { metrics, read } = openMetrics()
    metrics.ended(callOf('gpt-4o', { durationMs: 640, firstTokenMs: 15 }))
    metrics.ended(callOf('gpt-4o', { durationMs: 90_000, firstTokenMs: null }))
    const { value } = await read()
    const duration = 'gen_ai_client_operation_duration_seconds'
    expect(value(`${duration}_bucket`, { ...chat, le: '0.32' })).toBe(0)
    expect(value(`${duration}_bucket`, { ...chat, le: '0.64' })).toBe(1)
    expect(value(`${duration}_bucket`, { ...chat, le: '81.92' })).toBe(1)
    expect(value(`${duration}_bucket`, { ...chat, le: '+Inf' })).toBe(2)
    expect(value(`${duration}_sum`, chat)).toBeCloseTo(90.64)
    const first = 'gen_ai_client_operation_time_to_first_chunk_seconds'
    expect(value(`${first}_count`, chat)).toBe(1)
    expect(value(`${first}_bucket`, { ...chat, le: '0.02' })).toBe(1)
    const tokens = 'gen_ai_client_token_usage'
    expect(value(`${tokens}_sum`, { ...chat, gen_ai_token_type: 'input' })).toBe(24)
    expect(value(`${tokens}_bucket`, { ...chat, gen_ai_token_type: 'output', le: '4' })).toBe(0)
    expect(value(`${tokens}_bucket`, { ...chat, gen_ai_token_type: 'output', le: '16' })).toBe(2)
    expect(value(`${tokens}_bucket`, { ...chat, gen_ai_token_type: 'output', le: '67108864' })).toBe(2)
  })

  test('is counted with its outcome and its cost, to the nano-dollar', async () => {
    const { metrics, read } = openMetrics()
    metrics.ended(callOf('gpt-4o', { cost: { kind: 'priced', nanoUsd: 1, source: 'x' } }))
    metrics.ended(callOf('gpt-4o', { cost: { kind: 'priced', nanoUsd: 2_000_000_000, source: 'x' } }))
    const { text, value } = await read()
    expect(value('homeport_calls_total', { app: 'Editor', ...gpt, outcome: 'ok' })).toBe(2)
    expect(text).toContain(
      'homeport_spend_usd_total{app="Editor",provider="openai",model="gpt-4o"} 2.000000001\n'
    )
  })

  test('carries the name of the provider by the conventions, whatever the person calls it', async () => {
    const { metrics, read } = openMetrics()
    metrics.ended(callOf('small', { providerId: 'work' }))
    const labels = { ...chat, gen_ai_provider_name: 'mistral_ai', gen_ai_request_model: 'small' }
    expect((await read()).value('gen_ai_client_operation_duration_seconds_count', labels)).toBe(1)
  })

  test('tells what the provider read out of its cache of prompts', async () => {
    const { metrics, read } = openMetrics()
    metrics.ended(callOf('gpt-4o', { usage: usageOf({ total: 100, cacheRead: 60 }, { total: 1 }) }))
    expect((await read()).value('homeport_prompt_cache_read_tokens_total', gpt)).toBe(60)
  })
})

test('a call that failed is counted by why', async () => {
  const { metrics, read } = openMetrics()
  const outcome = { errorCode: 'timeout', finish: null, servedModel: null }
  metrics.ended(callOf('gpt-4o', { status: 'error', usage: null, cost: { kind: 'unknown' } }, { outcome }))
  metrics.ended(callOf('gpt-4o', { status: 'aborted' }))
  const { value, has } = await read()
  expect(value('homeport_call_errors_total', { ...gpt, error_type: 'timeout' })).toBe(1)
  expect(value('homeport_calls_total', { app: 'Editor', ...gpt, outcome: 'aborted' })).toBe(1)
  const duration = 'gen_ai_client_operation_duration_seconds_count'
  expect(value(duration, { ...chat, error_type: 'timeout' })).toBe(1)
  expect(value(duration, { ...chat, error_type: 'aborted' })).toBe(1)
  // nothing was used, so no price was missed
  expect(has('homeport_unknown_price_calls_total')).toBe(false)
})

test('a price that nobody knows is counted apart, and is no spend', async () => {
  const { metrics, read } = openMetrics()
  metrics.ended(callOf('gpt-4o', { cost: { kind: 'unknown' } }))
  const { value, has } = await read()
  expect(value('homeport_unknown_price_calls_total', gpt)).toBe(1)
  expect(has('homeport_spend_usd_total')).toBe(false)
})

test('an answer out of the cache is no operation of a provider', async () => {
  const { metrics, read } = openMetrics()
  const cost = { kind: 'priced' as const, nanoUsd: 0, source: 'cache' }
  metrics.ended(callOf('gpt-4o', { cache: 'hit', cost, savedNanoUsd: 1_500_000_000 }))
  metrics.ended(callOf('gpt-4o', { cache: 'miss' }))
  const { value } = await read()
  expect(value('homeport_cache_lookups_total', { result: 'hit' })).toBe(1)
  expect(value('homeport_cache_lookups_total', { result: 'miss' })).toBe(1)
  expect(value('homeport_cache_saved_usd_total', gpt)).toBe(1.5)
  expect(value('gen_ai_client_operation_duration_seconds_count', chat)).toBe(1)
  expect(value('homeport_calls_total', { app: 'Editor', ...gpt, outcome: 'ok' })).toBe(2)
})

test('names of models that nobody has become no series', async () => {
  const { metrics, read } = openMetrics()
  for (const model of ['a', 'b'])
    metrics.ended(
      callOf(model, { status: 'error', providerId: null, providerModel: null, model, usage: null })
    )
  expect((await read()).value('homeport_calls_total', { app: 'Editor', outcome: 'error' })).toBe(2)
})

test('series beyond a limit are counted together', async () => {
  const { metrics, read } = openMetrics()
  for (let n = 0; n < MAX_SERIES + 20; n++) metrics.ended(callOf(`model-${n}`))
  const { value, samples } = await read()
  expect(samples.filter(({ name }) => name === 'homeport_calls_total')).toHaveLength(MAX_SERIES + 1)
  const other = { app: 'other', provider: 'other', model: 'other', outcome: 'other' }
  expect(value('homeport_calls_total', other)).toBe(20)
})

test('the time between chunks of a stream is counted under its model', async () => {
  const { metrics, read } = openMetrics()
  const chunk = metrics.chunkTimer('openai-chat', 'openai', 'gpt-4o')
  for (const gapMs of [5, 15, 200]) chunk(gapMs)
  const { value } = await read()
  const perChunk = 'gen_ai_client_operation_time_per_output_chunk_seconds'
  expect(value(`${perChunk}_bucket`, { ...chat, le: '0.01' })).toBe(1)
  expect(value(`${perChunk}_bucket`, { ...chat, le: '0.02' })).toBe(2)
  expect(value(`${perChunk}_count`, chat)).toBe(3)
  expect(value(`${perChunk}_sum`, chat)).toBeCloseTo(0.22)
})

test('budgets, the engine, the export and the daemon tell how they stand', async () => {
  const { value, has } = await openMetrics().read()
  const name = { budget: 'All "of" it\\', period: 'month' }
  expect(value('homeport_budget_limit_usd', name)).toBe(5)
  expect(value('homeport_budget_spent_usd', name)).toBe(1.250000001)
  expect(value('homeport_budget_reserved_usd', name)).toBe(7e-9)
  expect(value('homeport_engine_memory_used_bytes')).toBe(2e9)
  expect(value('homeport_engine_requests', { model: 'org/tiny', state: 'waiting' })).toBe(3)
  expect(value('homeport_export_sent_calls_total')).toBe(2)
  expect(value('homeport_export_dropped_calls_total')).toBe(1)
  expect(value('homeport_build_info', { version: '1.2.3' })).toBe(1)
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(value('process_start_time_seconds')).toBeLessThanOrEqual(Date.now() / 1000)
  expect(has('process_cpu_seconds_total')).toBe(true)
})

test.each([
  ['a series twice', '# HELP a_total x\n# TYPE a_total counter\na_total 1\na_total 2\n'],
  ['a quote that is not escaped', '# HELP a x\n# TYPE a gauge\na{b="c"d"} 1\n'],
  ['a series outside its metric', '# HELP a x\n# TYPE a gauge\nb 1\n'],
  [
    'buckets that shrink',
    '# HELP a x\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n'
  ],
  ['a last line without an end', '# HELP a x\n# TYPE a gauge\na 1']
])('the reader of these tests refuses %s', (_, text) => {
  expect(() => parseMetrics(text)).toThrow()
})
