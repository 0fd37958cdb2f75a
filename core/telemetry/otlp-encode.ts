// OTLP in its JSON form: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Ids are hex, 64-bit integers text.

export type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: OtlpValue[] } }

export interface OtlpAttribute {
  key: string
  value: OtlpValue
}

/** 1: inside Homeport, 3: Homeport asks another server. */
export type OtlpSpanKind = 1 | 3

export interface OtlpJsonSpan {
  /** 32 hex digits. */
  traceId: string
  /** 16 hex digits. */
  spanId: string
  /** Empty for the outermost. */
  parentSpanId: string
  name: string
  kind: OtlpSpanKind
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: OtlpAttribute[]
  /** 0: nothing is said of it, 2: it failed. */
  status: { code: 0 | 2; message?: string }
}

/** The body of a request to `/v1/traces`. */
export interface OtlpTraces {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] }
    scopeSpans: { scope: { name: string; version: string }; spans: OtlpJsonSpan[] }[]
  }[]
}

/** A whole number that has to be written as one with a fraction. */
export class Double {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

export type PlainAttributes = Record<
  string,
  string | number | boolean | readonly string[] | Double | null | undefined
>

/** Null and undefined are left out. Whole numbers become integers. */
export function toAttributes(attributes: PlainAttributes): OtlpAttribute[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: toValue(value) }]
  )
}

function toValue(value: NonNullable<PlainAttributes[string]>): OtlpValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (value instanceof Double) return { doubleValue: value.value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } }
}
