// Protobuf as https://protobuf.dev/programming-guides/encoding writes it, apart from what the daemon reads it with.

const varint = (value: bigint): number[] =>
  value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]
const tag = (field: number, type: number): number[] => varint(BigInt(field * 8 + type))

export const bytes = (field: number, value: Uint8Array | string): Buffer => {
  const held = Buffer.from(value)
  return Buffer.concat([Buffer.from([...tag(field, 2), ...varint(BigInt(held.length))]), held])
}
export const message = (field: number, ...fields: Uint8Array[]): Buffer => bytes(field, Buffer.concat(fields))
export const integer = (field: number, value: number | bigint): Buffer =>
  Buffer.from([...tag(field, 0), ...varint(BigInt.asUintN(64, BigInt(value)))])
export const fixed64 = (field: number, value: bigint): Buffer => {
  const held = Buffer.alloc(8)
  held.writeBigUInt64LE(value)
  return Buffer.concat([Buffer.from(tag(field, 1)), held])
}
export const double = (field: number, value: number): Buffer => {
  const held = Buffer.alloc(8)
  held.writeDoubleLE(value)
  return Buffer.concat([Buffer.from(tag(field, 1)), held])
}
export const fixed32 = (field: number, value: number): Buffer => {
  const held = Buffer.alloc(4)
  held.writeUInt32LE(value)
  return Buffer.concat([Buffer.from(tag(field, 5)), held])
}

/** A `KeyValue` with the `AnyValue` given. */
export const attribute = (field: number, key: string, value: Buffer): Buffer =>
  message(field, bytes(1, key), bytes(2, value))
export const text = (value: string): Buffer => bytes(1, value)

export const START_NS = 1_790_000_000_123_456_789n
export const START_US = 1_790_000_000_123_456
export const TRACE_ID = '5b8efff798038103d269b633813fc60c'
export const SPAN_ID = 'eee19b7ec3c1b174'
export const PARENT_ID = 'eee19b7ec3c1b173'

/** A span of the field numbers that OpenTelemetry's Python SDK sends. */
export const protobufSpan = (...more: Buffer[]): Buffer =>
  message(
    2,
    bytes(1, Buffer.from(TRACE_ID, 'hex')),
    bytes(2, Buffer.from(SPAN_ID, 'hex')),
    bytes(4, Buffer.from(PARENT_ID, 'hex')),
    bytes(5, 'chat gpt-4o'),
    integer(6, 3),
    fixed64(7, START_NS),
    fixed64(8, START_NS + 2_000_000n),
    ...more,
    fixed32(16, 256)
  )

/** An export as the Python SDK sends it: a resource, a scope, and spans. */
export const protobufExport = (...spans: Buffer[]): Buffer =>
  message(
    1,
    message(
      1,
      attribute(1, 'telemetry.sdk.language', text('python')),
      attribute(1, 'service.name', text('research'))
    ),
    message(2, message(1, bytes(1, 'openinference.instrumentation.openai'), bytes(2, '0.1.30')), ...spans)
  )

export const jsonAttribute = (key: string, value: object) => ({ key, value })

/** A span as the JavaScript SDK sends it over `http/json`. */
export const jsonSpan = (more: object = {}) => ({
  traceId: TRACE_ID,
  spanId: SPAN_ID,
  parentSpanId: PARENT_ID,
  name: 'chat gpt-4o',
  kind: 3,
  startTimeUnixNano: String(START_NS),
  endTimeUnixNano: String(START_NS + 2_000_000n),
  attributes: [],
  droppedAttributesCount: 0,
  events: [],
  droppedEventsCount: 0,
  status: { code: 0 },
  links: [],
  droppedLinksCount: 0,
  flags: 257,
  ...more
})

export const jsonExport = (...spans: object[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      resourceSpans: [
        {
          resource: {
            attributes: [jsonAttribute('service.name', { stringValue: 'research' })],
            droppedAttributesCount: 0
          },
          scopeSpans: [{ scope: { name: 'ai', version: '' }, spans }]
        }
      ]
    })
  )
