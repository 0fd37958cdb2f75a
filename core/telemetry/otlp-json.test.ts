import { expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import { decodeJson } from './otlp-json.ts'
import { decodeProtobuf } from './otlp-protobuf.ts'
import {
  attribute,
  integer,
  jsonAttribute,
  jsonExport,
  jsonSpan,
  protobufExport,
  protobufSpan,
  START_US,
  text
} from './receive.test-support.ts'

const codeOf = (body: Buffer): string => {
  try {
    decodeJson(body)
    return 'ok'
  } catch (error) {
    return error instanceof HomeportError ? error.code : String(error)
  }
}

test('reads from the JavaScript SDK what protobuf says too', () => {
  const attributes = [
    jsonAttribute('gen_ai.request.model', { stringValue: 'gpt-4o' }),
    jsonAttribute('gen_ai.usage.input_tokens', { intValue: 12 })
  ]
  const [fromJson] = decodeJson(jsonExport(jsonSpan({ attributes })))
  const [fromProtobuf] = decodeProtobuf(
    protobufExport(
      protobufSpan(
        attribute(9, 'gen_ai.request.model', text('gpt-4o')),
        attribute(9, 'gen_ai.usage.input_tokens', integer(3, 12))
      )
    )
  )
  expect({ ...fromJson, resource: null }).toEqual({ ...fromProtobuf, resource: null })
})

test('reads every kind of value, and integers as text or number', () => {
  const values = {
    a: { intValue: '-7' },
    b: { intValue: '9223372036854775807' },
    c: { doubleValue: 0.5 },
    d: { doubleValue: 'NaN' },
    e: { boolValue: true },
    f: { arrayValue: { values: [{ stringValue: 'x' }, { intValue: 1 }] } },
    g: { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'y' } }] } },
    h: { bytesValue: 'AQI=' },
    i: {},
    j: { arrayValue: {} }
  }
  const attributes = Object.entries(values).map(([key, value]) => jsonAttribute(key, value))
  const [span] = decodeJson(jsonExport(jsonSpan({ attributes })))
  expect(Object.values(span?.attributes ?? {})).toEqual([
    -7,
    '9223372036854775807',
    0.5,
    'NaN',
    true,
    ['x', 1],
    Object.fromEntries([['__proto__', 'y']]),
    'AQI=',
    null,
    []
  ])
  expect(Reflect.get({}, 'y')).toBeUndefined()
})

test('takes what is left out or null for its default', () => {
  const [span] = decodeJson(
    jsonExport({
      traceId: 'AB'.repeat(16),
      spanId: 'CD'.repeat(8),
      parentSpanId: null,
      startTimeUnixNano: START_US * 1000,
      attributes: null
    })
  )
  expect(span).toMatchObject({
    traceId: 'ab'.repeat(16),
    id: 'cd'.repeat(8),
    parentId: null,
    name: '',
    startUs: START_US,
    endUs: 0,
    failed: false,
    attributes: {}
  })
  expect(decodeJson(Buffer.from('{}'))).toEqual([])
})

test.each<[string, object]>([
  ['a trace id that is too short', { traceId: 'abcd' }],
  ['a trace id of zeros', { traceId: '0'.repeat(32) }],
  ['a trace id in base64', { traceId: 'W47/95gDgQPSabYzgT/GDA==' }],
  ['a span id that is no text', { spanId: 12 }],
  ['no span id', { spanId: undefined }],
  ['a parent that is no hex', { parentSpanId: 'x'.repeat(16) }],
  ['a time that is no number', { startTimeUnixNano: 'now' }],
  ['attributes that are no list', { attributes: { a: 1 } }]
])('refuses %s', (_, more) => {
  expect(codeOf(jsonExport(jsonSpan(more)))).toBe('bad-request')
})

test('refuses what is no JSON, no export, or nested without end', () => {
  expect(codeOf(Buffer.from('{"resourceSpans":'))).toBe('bad-request')
  expect(codeOf(Buffer.from('[]'))).toBe('bad-request')
  const depth = 5000
  const nested = `${'{"arrayValue":{"values":['.repeat(depth)}${']}}'.repeat(depth)}`
  const span = JSON.stringify(jsonSpan({ attributes: [jsonAttribute('a', {})] })).replace('{}', nested)
  const body = Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
  expect(codeOf(body)).toBe('bad-request')
})
