import type { OtlpAttribute, OtlpJsonSpan, OtlpTraces, OtlpValue } from './otlp-encode.ts'

// Field numbers are those of opentelemetry/proto/{collector/trace,trace,common,resource}/v1.

/** How a field is written: as a varint, eight bytes, or bytes after their length. */
const VARINT = 0
const FIXED64 = 1
const BYTES = 2

/** OTLP in its binary form, for collectors that take no JSON. */
export function encodeProtobuf({ resourceSpans }: OtlpTraces): Buffer {
  return Buffer.concat(
    resourceSpans.flatMap(({ resource, scopeSpans }) =>
      message(1, [
        ...message(1, resource.attributes.flatMap(attribute(1))),
        ...scopeSpans.flatMap(({ scope, spans }) =>
          message(2, [
            ...message(1, [...text(1, scope.name), ...text(2, scope.version)]),
            ...spans.flatMap((span) => message(2, spanFields(span)))
          ])
        )
      ])
    )
  )
}

function spanFields(span: OtlpJsonSpan): Buffer[] {
  const { code, message: why } = span.status
  return [
    ...bytes(1, Buffer.from(span.traceId, 'hex')),
    ...bytes(2, Buffer.from(span.spanId, 'hex')),
    ...bytes(4, Buffer.from(span.parentSpanId, 'hex')),
    ...text(5, span.name),
    ...varint(6, BigInt(span.kind)),
    ...fixed64(7, BigInt(span.startTimeUnixNano)),
    ...fixed64(8, BigInt(span.endTimeUnixNano)),
    ...span.attributes.flatMap(attribute(9)),
    ...message(15, [...text(2, why ?? ''), ...varint(3, BigInt(code))])
  ]
}

const attribute =
  (field: number) =>
  ({ key, value }: OtlpAttribute): Buffer[] =>
    message(field, [...text(1, key), ...message(2, valueFields(value))])

/** Written also where it is empty or zero: it is one of several, and says which. */
function valueFields(value: OtlpValue): Buffer[] {
  if ('stringValue' in value) return message(1, [Buffer.from(value.stringValue)])
  if ('boolValue' in value) return [tag(2, VARINT), varintOf(value.boolValue ? 1n : 0n)]
  if ('intValue' in value) return [tag(3, VARINT), varintOf(BigInt.asUintN(64, BigInt(value.intValue)))]
  if ('doubleValue' in value) {
    const double = Buffer.alloc(8)
    double.writeDoubleLE(value.doubleValue)
    return [tag(4, FIXED64), double]
  }
  return message(
    5,
    value.arrayValue.values.flatMap((element) => message(1, valueFields(element)))
  )
}

function message(field: number, parts: readonly Buffer[]): Buffer[] {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  return [tag(field, BYTES), varintOf(BigInt(size)), ...parts]
}

/** Empty is how the format writes nothing. */
const bytes = (field: number, value: Buffer): Buffer[] => (value.length === 0 ? [] : message(field, [value]))
const text = (field: number, value: string): Buffer[] => bytes(field, Buffer.from(value))
const varint = (field: number, value: bigint): Buffer[] =>
  value === 0n ? [] : [tag(field, VARINT), varintOf(value)]

function fixed64(field: number, value: bigint): Buffer[] {
  const number = Buffer.alloc(8)
  number.writeBigUInt64LE(value)
  return [tag(field, FIXED64), number]
}

const tag = (field: number, type: number): Buffer => varintOf(BigInt((field << 3) | type))

/** Seven bits a byte, the lowest first; a byte that is not the last has its top bit set. */
function varintOf(value: bigint): Buffer {
  const digits: number[] = []
  let rest = value
  while (rest > 0x7fn) {
    digits.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  digits.push(Number(rest))
  return Buffer.from(digits)
}
