import { expect, test } from 'vitest'
import { Double, type OtlpTraces, toAttributes } from './otlp-encode.ts'
import { encodeProtobuf } from './otlp-encode-protobuf.ts'

const traces: OtlpTraces = {
  resourceSpans: [
    {
      resource: { attributes: toAttributes({ 'service.name': 'homeport' }) },
      scopeSpans: [
        {
          scope: { name: 'homeport', version: '1.2.3' },
          spans: [
            {
              traceId: '0192f0c0ffee7000800000000000beef',
              spanId: '00000000beef0000',
              parentSpanId: '00f067aa0ba902b7',
              name: 'chat grüße',
              kind: 3,
              startTimeUnixNano: '1800000000123000000',
              endTimeUnixNano: '1800000000223500000',
              attributes: toAttributes({
                text: '',
                yes: true,
                no: false,
                many: 300,
                negative: -1,
                double: new Double(2),
                list: ['a', ''],
                nothing: null
              }),
              status: { code: 2, message: 'failed' }
            }
          ]
        }
      ]
    }
  ]
}

// by opentelemetry-proto 1.45.0 for Python, of the same spans
const golden = [
  '0afc010a1c0a1a0a0c736572766963652e6e616d65120a0a08686f6d65706f727412db010a110a08686f6d65706f7274',
  '1205312e322e3312c5010a100192f0c0ffee7000800000000000beef120800000000beef0000220800f067aa0ba902b7',
  '2a0c63686174206772c3bcc39f65300339c0d4089b76e2fa1841e05606a176e2fa184a0a0a047465787412020a004a09',
  '0a03796573120210014a080a026e6f120210004a0b0a046d616e79120318ac024a170a086e65676174697665120b18ff',
  'ffffffffffffffff014a130a06646f75626c6512092100000000000000404a130a046c697374120b2a090a030a01610a',
  '020a007a0a12066661696c65641802'
].join('')

test('writes what the reference implementation writes', () => {
  expect(encodeProtobuf(traces).toString('hex')).toBe(golden)
})
