import type { OtlpAttribute, OtlpJsonSpan, OtlpTraces, OtlpValue } from './otlp-encode.ts'

// Field numbers are those of opentelemetry/proto/{collector/trace,trace,common,resource}/v1.

/** How a field is written: as a varint, eight bytes, or bytes after their length. */
const VARINT = 0
const FIXED64 = 1
const BYTES = 2

/** OTLP in its binary form, for collectors that take no JSON. */
export function encodeProtobuf({ resourceSpans }: OtlpTraces): Buffer {
  return Buffer.concat(
    resourceSpans.map(({ resource, scopeSpans }) =>
      message(1, [
        message(1, resource.attributes.map(attribute(1))),
        ...scopeSpans.map(({ scope, spans }) =>
          message(2, [
            message(1, [text(1, scope.name), text(2, scope.version)]),
            ...spans.map((span) => message(2, spanFields(span)))
          ])
        )
      ])
    )
  )
}

function spanFields(span: OtlpJsonSpan): Buffer[] {
  const { code, message: why } = span.status
  return [
    bytes(1, Buffer.from(span.traceId, 'hex')),
    bytes(2, Buffer.from(span.spanId, 'hex')),
    bytes(4, Buffer.from(span.parentSpanId, 'hex')),
    text(5, span.name),
    number(6, span.kind),
    fixed64(7, span.startTimeUnixNano),
    fixed64(8, span.endTimeUnixNano),
    ...span.attributes.map(attribute(9)),
    message(15, [text(2, why ?? ''), number(3, code)])
  ]
}

const attribute =
  (field: number) =>
  ({ key, value }: OtlpAttribute): Buffer =>
    message(field, [text(1, key), message(2, [valueField(value)])])

/** Written also where it is empty or zero: it is one of several, and says which. */
function valueField(value: OtlpValue): Buffer {
  if ('stringValue' in value) return message(1, [Buffer.from(value.stringValue)])
  if ('boolValue' in value) return Buffer.from([...tag(2, VARINT), value.boolValue ? 1 : 0])
  if ('intValue' in value) return Buffer.from([...tag(3, VARINT), ...varint64(BigInt(value.intValue))])
  if ('doubleValue' in value) {
    const double = Buffer.alloc(8)
    double.writeDoubleLE(value.doubleValue)
    return Buffer.concat([Buffer.from(tag(4, FIXED64)), double])
  }
  return message(
    5,
    value.arrayValue.values.map((element) => message(1, [valueField(element)]))
  )
}

function message(field: number, parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Buffer.from([...tag(field, BYTES), ...varint(size)]), ...parts])
}

const nothing = Buffer.alloc(0)
/** What is empty or zero is not written. */
const bytes = (field: number, value: Buffer): Buffer =>
  value.length === 0 ? nothing : message(field, [value])
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value))
const number = (field: number, value: number): Buffer =>
  value === 0 ? nothing : Buffer.from([...tag(field, VARINT), ...varint(value)])

function fixed64(field: number, digits: string): Buffer {
  const value = Buffer.alloc(8)
  value.writeBigUInt64LE(BigInt(digits))
  return Buffer.concat([Buffer.from(tag(field, FIXED64)), value])
}

const tag = (field: number, type: number): number[] => varint(field * 8 + type)

/** Seven bits a byte, the lowest first; a byte that is not the last has its top bit set. Up to 2^53. */
function varint(value: number): number[] {
  const digits: number[] = []
  let rest = value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128)
  return [...digits, rest]
}

/** The same of a signed integer of 64 bits. */
function varint64(value: bigint): number[] {
  if (value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)) return varint(Number(value))
  const digits: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest > 0x7fn; rest >>= 7n) digits.push(Number(rest & 0x7fn) + 128)
  return [...digits, Number(rest)]
}
