import { ProtobufReader } from './otlp-protobuf-reader.ts'
import {
  type Attributes,
  type AttributeValue,
  checkedId,
  checkedParentId,
  exactInteger,
  MAX_DEPTH,
  MAX_SPANS,
  type OtlpEvent,
  type OtlpSpan,
  tooDeep,
  tooManySpans
} from './otlp-span.ts'

const FAILED = 2

/**
 * The spans of an `ExportTraceServiceRequest` in protobuf: opentelemetry/proto/trace/v1/trace.proto and
 * common/v1/common.proto, version 1. Fields that are not known are skipped. Throws `bad-request` and `too-large`.
 */
export function decodeProtobuf(body: Buffer): OtlpSpan[] {
  const reader = new ProtobufReader(body)
  const spans: OtlpSpan[] = []
  reader.fields((field) => {
    if (field === 1) readResourceSpans(reader, spans)
  })
  return spans
}

function readResourceSpans(reader: ProtobufReader, spans: OtlpSpan[]): void {
  // filled in place: nothing says that the resource stands before its spans
  const resource: Attributes = {}
  reader.message((field) => {
    if (field === 1) Object.assign(resource, readResource(reader))
    else if (field === 2) readScopeSpans(reader, resource, spans)
  })
}

function readResource(reader: ProtobufReader): Attributes {
  const attributes: [string, AttributeValue][] = []
  reader.message((field) => {
    if (field === 1) attributes.push(readKeyValue(reader, 0))
  })
  return Object.fromEntries(attributes)
}

function readScopeSpans(reader: ProtobufReader, resource: Attributes, spans: OtlpSpan[]): void {
  reader.message((field) => {
    if (field !== 2) return
    if (spans.length === MAX_SPANS) throw tooManySpans()
    spans.push(readSpan(reader, resource))
  })
}

function readSpan(reader: ProtobufReader, resource: Attributes): OtlpSpan {
  let traceId = ''
  let id = ''
  let parentId = ''
  let name = ''
  let startUs = 0
  let endUs = 0
  let status = { failed: false, statusMessage: '' }
  const attributes: [string, AttributeValue][] = []
  const events: OtlpEvent[] = []
  reader.message((field) => {
    if (field === 1) traceId = reader.text('hex')
    else if (field === 2) id = reader.text('hex')
    else if (field === 4) parentId = reader.text('hex')
    else if (field === 5) name = reader.text()
    else if (field === 7) startUs = readTime(reader)
    else if (field === 8) endUs = readTime(reader)
    else if (field === 9) attributes.push(readKeyValue(reader, 0))
    else if (field === 11) events.push(readEvent(reader))
    else if (field === 15) status = readStatus(reader)
  })
  return {
    traceId: checkedId(traceId, 32, 'trace id'),
    id: checkedId(id, 16, 'span id'),
    parentId: checkedParentId(parentId),
    name,
    startUs,
    endUs,
    ...status,
    attributes: Object.fromEntries(attributes),
    events,
    resource
  }
}

function readStatus(reader: ProtobufReader): { failed: boolean; statusMessage: string } {
  const status = { failed: false, statusMessage: '' }
  reader.message((field) => {
    if (field === 2) status.statusMessage = reader.text()
    else if (field === 3) status.failed = reader.unsigned() === FAILED
  })
  return status
}

function readEvent(reader: ProtobufReader): OtlpEvent {
  let timeUs = 0
  let name = ''
  const attributes: [string, AttributeValue][] = []
  reader.message((field) => {
    if (field === 1) timeUs = readTime(reader)
    else if (field === 2) name = reader.text()
    else if (field === 3) attributes.push(readKeyValue(reader, 0))
  })
  return { timeUs, name, attributes: Object.fromEntries(attributes) }
}

/** As JSON has them: `NaN` and the infinities are texts. */
const finite = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

/** Nanoseconds on the wire. */
const readTime = (reader: ProtobufReader): number => Number(reader.fixed64() / 1000n)

function readKeyValue(reader: ProtobufReader, depth: number): [string, AttributeValue] {
  let key = ''
  let value: AttributeValue = null
  reader.message((field) => {
    if (field === 1) key = reader.text()
    else if (field === 2) value = readValue(reader, depth)
  })
  return [key, value]
}

function readValue(reader: ProtobufReader, depth: number): AttributeValue {
  if (depth > MAX_DEPTH) throw tooDeep()
  let value: AttributeValue = null
  reader.message((field) => {
    if (field === 1) value = reader.text()
    else if (field === 2) value = reader.unsigned() !== 0
    else if (field === 3) value = exactInteger(reader.int64())
    else if (field === 4) value = finite(reader.double())
    else if (field === 5) value = readArray(reader, depth + 1)
    else if (field === 6) value = readMap(reader, depth + 1)
    else if (field === 7) value = reader.text('base64')
  })
  return value
}

function readArray(reader: ProtobufReader, depth: number): AttributeValue[] {
  const values: AttributeValue[] = []
  reader.message((field) => {
    if (field === 1) values.push(readValue(reader, depth))
  })
  return values
}

function readMap(reader: ProtobufReader, depth: number): Attributes {
  const entries: [string, AttributeValue][] = []
  reader.message((field) => {
    if (field === 1) entries.push(readKeyValue(reader, depth))
  })
  return Object.fromEntries(entries)
}
