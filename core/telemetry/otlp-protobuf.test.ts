import { describe, expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import { decodeProtobuf } from './otlp-protobuf.ts'
import {
  attribute,
  bytes,
  double,
  fixed32,
  fixed64,
  integer,
  message,
  PARENT_ID,
  protobufExport,
  protobufSpan,
  SPAN_ID,
  START_NS,
  START_US,
  TRACE_ID,
  text
} from './receive.test-support.ts'

const readValue = (value: Buffer) => {
  const [span] = decodeProtobuf(protobufExport(protobufSpan(attribute(9, 'x', value))))
  return span?.attributes.x
}
const codeOf = (body: Buffer): string => {
  try {
    decodeProtobuf(body)
    return 'ok'
  } catch (error) {
    return error instanceof HomeportError ? error.code : String(error)
  }
}

test('reads a span as the Python SDK sends it', () => {
  const status = message(15, bytes(2, 'it broke'), integer(3, 2))
  const event = message(
    11,
    fixed64(1, START_NS + 1_000_000n),
    bytes(2, 'exception'),
    attribute(3, 'exception.message', text('no'))
  )
  const body = protobufExport(
    protobufSpan(attribute(9, 'gen_ai.request.model', text('gpt-4o')), event, status)
  )
  expect(decodeProtobuf(body)).toEqual([
    {
      traceId: TRACE_ID,
      id: SPAN_ID,
      parentId: PARENT_ID,
      name: 'chat gpt-4o',
      startUs: START_US,
      endUs: START_US + 2000,
      failed: true,
      statusMessage: 'it broke',
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      events: [{ name: 'exception', timeUs: START_US + 1000, attributes: { 'exception.message': 'no' } }],
      resource: { 'telemetry.sdk.language': 'python', 'service.name': 'research' }
    }
  ])
})

test('reads bytes written down by hand', () => {
  // ResourceSpans { ScopeSpans { Span { 1: trace id, 2: span id, 5: "a", 7: 1 s, 8: 2 s, 9: { "k": int -1 } } } }
  const span = [
    `0a10${TRACE_ID}`,
    `1208${SPAN_ID}`,
    '2a0161',
    '3900ca9a3b00000000',
    '410094357700000000',
    '4a10',
    '0a016b',
    '120b18ffffffffffffffffff01'
  ].join('')
  const length = (hex: string) => (hex.length / 2).toString(16)
  const scope = `12${length(span)}${span}`
  const resource = `12${length(scope)}${scope}`
  expect(decodeProtobuf(Buffer.from(`0a${length(resource)}${resource}`, 'hex'))).toMatchObject([
    { id: SPAN_ID, parentId: null, name: 'a', startUs: 1_000_000, endUs: 2_000_000, attributes: { k: -1 } }
  ])
})

describe('a value', () => {
  test.each<[string, Buffer, unknown]>([
    ['text', text('größe'), 'größe'],
    ['an empty text', text(''), ''],
    ['true', integer(2, 1), true],
    ['a count', integer(3, 1234), 1234],
    ['a negative integer', integer(3, -5), -5],
    ['the largest exact integer', integer(3, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
    ['an integer beyond it', integer(3, 2n ** 63n - 1n), '9223372036854775807'],
    ['a fraction', double(4, 0.1), 0.1],
    ['no number', double(4, Number.NaN), 'NaN'],
    ['a list', message(5, bytes(1, text('a')), bytes(1, integer(3, 2))), ['a', 2]],
    ['a map', message(6, attribute(1, '__proto__', text('x'))), Object.fromEntries([['__proto__', 'x']])],
    ['bytes', bytes(7, Buffer.from([1, 2])), 'AQI='],
    ['nothing', Buffer.alloc(0), null]
  ])('of %s', (_, written, read) => {
    expect(readValue(written)).toEqual(read)
  })

  test('nested too deep is refused', () => {
    let value = text('x')
    for (let depth = 0; depth < 500; depth++) value = message(5, bytes(1, value))
    expect(() => readValue(value)).toThrow('nested')
  })
})

test('skips fields that are not known, of every form', () => {
  const unknown = [integer(100, 7), fixed64(101, 1n), bytes(102, 'x'), fixed32(103, 1)]
  expect(decodeProtobuf(protobufExport(protobufSpan(...unknown)))).toHaveLength(1)
})

test('takes a resource that stands after its spans', () => {
  const resource = message(1, attribute(1, 'service.name', text('late')))
  const body = message(1, message(2, protobufSpan()), resource)
  expect(decodeProtobuf(body)).toMatchObject([{ resource: { 'service.name': 'late' } }])
})

test.each<[string, Buffer]>([
  ['a trace id of 15 bytes', bytes(1, Buffer.alloc(15, 1))],
  ['a trace id of zeros', bytes(1, Buffer.alloc(16))],
  ['a span id of 9 bytes', bytes(2, Buffer.alloc(9, 1))],
  ['a span id of zeros', bytes(2, Buffer.alloc(8))],
  ['a parent of 7 bytes', bytes(4, Buffer.alloc(7, 1))],
  ['a name that is a number', integer(5, 1)],
  ['a time that is a varint', integer(7, 1)]
])('refuses %s', (_, field) => {
  expect(codeOf(protobufExport(protobufSpan(field)))).toBe('bad-request')
})

test.each<[string, string]>([
  ['a varint that does not end', '0affffffffffffffffffffff'],
  ['a length beyond the body', '0a7f00'],
  ['a length beyond the message around it', '0a040a7f0000'],
  ['field number 0', '0200'],
  ['a group', '0b0c'],
  ['form 7', '0f00'],
  ['a field number that is too large', 'faffffffffff0100']
])('refuses %s', (_, hex) => {
  expect(codeOf(Buffer.from(hex, 'hex'))).toBe('bad-request')
})

test('refuses an export that is cut anywhere within its spans', () => {
  const body = protobufExport(protobufSpan(attribute(9, 'a', text('b')), message(15, integer(3, 2))))
  for (let length = 1; length < body.length; length++)
    expect([length, codeOf(body.subarray(0, length))]).toEqual([length, 'bad-request'])
})

test('answers noise with a refusal, never with another failure', () => {
  const body = protobufExport(protobufSpan(attribute(9, 'a', message(5, bytes(1, text('b'))))))
  let seed = 42
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const codes = new Set<string>()
  for (let round = 0; round < 20_000; round++) {
    const noisy = Buffer.from(body)
    for (let flips = 0; flips <= next(4); flips++) noisy[next(noisy.length)] = next(256)
    codes.add(codeOf(noisy))
  }
  expect([...codes].toSorted()).toEqual(['bad-request', 'ok'])
})

test('refuses more spans than a request may hold', () => {
  const span = protobufSpan()
  expect(codeOf(protobufExport(Buffer.concat(Array.from({ length: 100_001 }, () => span))))).toBe('too-large')
})
