import type { HomeportError } from '../errors/homeport-error.ts'
import type { Encoding } from '../telemetry/receive-spans.ts'

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-request: the answer is in the encoding of the request. */
const contentTypes: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf'
}

export interface WrittenAnswer {
  type: string
  body: Buffer
}

/** The encoding of a body by its content type; null for others. */
export function encodingOf(contentType: string | undefined): Encoding | null {
  const [type = ''] = (contentType ?? '').split(';', 1)
  const name = type.trim().toLowerCase()
  if (name === 'application/json') return 'json'
  return name === 'application/x-protobuf' || name === 'application/protobuf' ? 'protobuf' : null
}

/** An `ExportTraceServiceResponse`: empty where all was taken, else how much was not, and why. */
export function successAnswer(
  encoding: Encoding,
  { rejected, reason }: { rejected: number; reason: string | null }
): WrittenAnswer {
  const isPartial = rejected > 0
  if (encoding === 'json') {
    const partialSuccess = { rejectedSpans: String(rejected), errorMessage: reason ?? '' }
    return json(isPartial ? { partialSuccess } : {})
  }
  const partial = Buffer.concat([numberField(1, rejected), textField(2, reason ?? '')])
  return protobuf(isPartial ? bytesField(1, partial) : Buffer.alloc(0))
}

/** A `google.rpc.Status`. The HTTP status says what it is; nobody looks at its code. */
export function errorAnswer(encoding: Encoding, { message, action }: HomeportError): WrittenAnswer {
  const text = action === null ? message : `${message} ${action}`
  return encoding === 'json' ? json({ message: text }) : protobuf(textField(2, text))
}

const json = (body: unknown): WrittenAnswer => ({
  type: contentTypes.json,
  body: Buffer.from(JSON.stringify(body))
})
const protobuf = (body: Buffer): WrittenAnswer => ({ type: contentTypes.protobuf, body })

const numberField = (field: number, value: number): Buffer => Buffer.from([field << 3, ...varint(value)])
const textField = (field: number, text: string): Buffer => bytesField(field, Buffer.from(text))
const bytesField = (field: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes])

function varint(value: number): number[] {
  const digits: number[] = []
  let rest = value
  while (rest > 0x7f) {
    digits.push((rest % 128) | 0x80)
    rest = Math.floor(rest / 128)
  }
  return [...digits, rest]
}
