import { expect, test } from 'vitest'
import { callOf } from './export.test-support.ts'
import { testSpan, toOtlpSpans, toOtlpTraces } from './export-spans.ts'
import { encodeProtobuf } from './otlp-encode-protobuf.ts'
import { decodeJson } from './otlp-json.ts'
import { decodeProtobuf } from './otlp-protobuf.ts'

test('another Homeport reads the same out of both encodings', () => {
  const context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', parentSpanId: '00f067aa0ba902b7' }
  const failed = { status: 'error' as const, errorMessage: 'grüße, overloaded' }
  const calls = [callOf('gpt-4o'), callOf('gpt-4o', failed, { context })]
  const how = {
    provider: () => ({ kind: 'openai', onDevice: false }),
    withBodies: true,
    conventions: '1.41'
  } as const
  const traces = toOtlpTraces([...calls.flatMap((call) => toOtlpSpans(call, how)), testSpan()], '1.2.3')
  const spans = decodeJson(Buffer.from(JSON.stringify(traces)))
  expect(decodeProtobuf(encodeProtobuf(traces))).toEqual(spans)
  expect(spans).toHaveLength(5)
  expect(spans[2]).toMatchObject({
    traceId: context.traceId,
    parentId: context.parentSpanId,
    name: 'chat gpt-4o',
    startUs: 1_800_000_000_123_000,
    endUs: 1_800_000_000_223_500,
    failed: true,
    statusMessage: 'grüße, overloaded',
    attributes: { 'gen_ai.usage.input_tokens': 12, 'gen_ai.usage.cost': 0.00125 },
    resource: { 'service.name': 'homeport' }
  })
})
