import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { callsIn, spansIn, startCollector, valuesOf } from '../../core/telemetry/export.test-support.ts'
import { parseMetrics } from '../../core/telemetry/metrics-parser.test-support.ts'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, sendChunks, startScriptedUpstream } from '../support/scripted-upstream.ts'

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string

const client = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

async function ask(text: string): Promise<void> {
  const response = await fetch(`${daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      traceparent: client,
      'x-homeport-tags': 'night, test'
    },
    body: JSON.stringify({ model: 'up/gpt-4o', stream: true, messages: [{ role: 'user', content: text }] })
  })
  await response.text()
}

beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-4o'])
  upstream.answers['chat/completions'] = (_, response) =>
    sendChunks(response, [
      { id: 'c', model: 'gpt-4o-2024-11-20', choices: [{ index: 0, delta: { content: 'A' } }] },
      { id: 'c', choices: [{ index: 0, delta: { content: ' boat.' }, finish_reason: 'stop' }] },
      {
        id: 'c',
        choices: [],
        usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }
      }
    ])
  daemon = await startDaemon()
  const provider = { id: 'up', baseUrl: upstream.baseUrl, kind: 'openai', pricing: 'openai' }
  await daemon.app('POST /app/providers', provider)
  secret = (await daemon.app('POST /app/keys', { name: 'Script' })).secret
})
afterAll(async () => {
  await daemon.stop()
  await upstream.close()
})

test('calls reach a collector in the trace of their client, from the moment there is one', async () => {
  const { url, received } = await startCollector()
  await ask('before')
  const { telemetry } = await daemon.app('GET /app/settings')
  await daemon.app('PATCH /app/settings', {
    telemetry: { ...telemetry, exportUrl: url, exportBodies: true }
  })
  await daemon.app('PUT /app/telemetry/export-headers', { headers: { authorization: 'Basic cGs6c2s=' } })
  expect(await daemon.app('POST /app/telemetry/test')).toMatchObject({ ok: true, status: 200 })
  await ask('after')
  await vi.waitFor(() => expect(callsIn(received)).toContain('gpt-4o'), { timeout: 10_000 })
  const spans = received.slice(1).flatMap(spansIn)
  const root = spans.find(({ parentSpanId }) => parentSpanId === '00f067aa0ba902b7')
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(['4bf92f3577b34da6a3ce929d0e0e4736']))
  expect(valuesOf(root?.attributes ?? [])).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-11-20',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': '1000',
    'gen_ai.usage.cost': 0.0035,
    'tag.tags': ['night', 'test'],
    'homeport.app': 'Script',
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'after' }] }])
  })
  expect(JSON.stringify(spans)).not.toContain('before')
  expect(received.every(({ headers }) => headers.authorization === 'Basic cGs6c2s=')).toBe(true)
  const status = await daemon.app('GET /app/telemetry')
  expect(status.export).toMatchObject({ sent: 1, dropped: 0, waiting: 0, headers: ['authorization'] })
  expect(JSON.stringify(status)).not.toContain('cGs6c2s')
})

test('Prometheus reads what was counted', async () => {
  const response = await fetch(`${daemon.baseUrl}/metrics`, {
    headers: { authorization: `Bearer ${secret}` }
  })
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const { value, has } = parseMetrics(await response.text())
  const model = { provider: 'up', model: 'gpt-4o' }
  expect(value('homeport_calls_total', { app: 'Script', ...model, outcome: 'ok' })).toBe(2)
  expect(value('homeport_spend_usd_total', { app: 'Script', ...model })).toBe(0.007)
  const operation = {
    gen_ai_operation_name: 'chat',
    gen_ai_provider_name: 'openai',
    gen_ai_request_model: 'gpt-4o'
  }
  expect(value('gen_ai_client_operation_time_to_first_chunk_seconds_count', operation)).toBe(2)
  expect(value('gen_ai_client_operation_time_per_output_chunk_seconds_count', operation)).toBeGreaterThan(0)
  expect(has('homeport_build_info')).toBe(true)
})
