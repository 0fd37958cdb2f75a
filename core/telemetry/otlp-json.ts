import { z } from 'zod'
import { HomeportError } from '../errors/homeport-error.ts'
import {
  type Attributes,
  type AttributeValue,
  checkedId,
  checkedParentId,
  exactInteger,
  MAX_DEPTH,
  MAX_SPANS,
  type OtlpSpan,
  tooDeep,
  tooManySpans
} from './otlp-span.ts'

const listOf = <T extends z.ZodType>(item: T) => z.array(item).nullish()
/** Read by hand: values nest. */
const attributes = listOf(z.object({ key: z.string(), value: z.unknown() }))
/** 64 bits, as text; older programs send a number. */
const nanoseconds = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()]).nullish()
const text = z.string().nullish()
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: text,
  name: text,
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  events: listOf(z.object({ timeUnixNano: nanoseconds, name: text, attributes })),
  status: z.object({ code: z.union([z.number(), z.string()]).nullish(), message: text }).nullish()
})
const scopeSpans = z.object({ spans: listOf(span) })
const resourceSpans = z.object({
  resource: z.object({ attributes }).nullish(),
  scopeSpans: listOf(scopeSpans)
})
const exportRequest = z.object({ resourceSpans: listOf(resourceSpans) })

/**
 * The spans of an `ExportTraceServiceRequest` as OTLP writes it in JSON: ids as hex, 64-bit integers as text, enums as
 * numbers. Fields that are not known are left out. Throws `bad-request` and `too-large`.
 */
export function decodeJson(body: Buffer): OtlpSpan[] {
  const request = exportRequest.safeParse(parsed(body))
  if (!request.success) throw malformed(request.error.issues[0])
  const spans: OtlpSpan[] = []
  for (const { resource, scopeSpans } of request.data.resourceSpans ?? []) {
    const shared = toAttributes(resource?.attributes, 0)
    for (const scope of scopeSpans ?? []) {
      for (const sent of scope.spans ?? []) {
        if (spans.length === MAX_SPANS) throw tooManySpans()
        spans.push(toSpan(sent, shared))
      }
    }
  }
  return spans
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new HomeportError('bad-request', 'The body is not valid JSON.')
  }
}

const toSpan = (sent: z.infer<typeof span>, resource: Attributes): OtlpSpan => ({
  traceId: checkedId(sent.traceId, 32, 'trace id'),
  id: checkedId(sent.spanId, 16, 'span id'),
  parentId: checkedParentId(sent.parentSpanId ?? ''),
  name: sent.name ?? '',
  startUs: toMicroseconds(sent.startTimeUnixNano),
  endUs: toMicroseconds(sent.endTimeUnixNano),
  failed: sent.status?.code === 2 || sent.status?.code === 'STATUS_CODE_ERROR',
  statusMessage: sent.status?.message ?? '',
  attributes: toAttributes(sent.attributes, 0),
  events: (sent.events ?? []).map((event) => ({
    name: event.name ?? '',
    timeUs: toMicroseconds(event.timeUnixNano),
    attributes: toAttributes(event.attributes, 0)
  })),
  resource
})

function toMicroseconds(nanoseconds: string | number | null | undefined): number {
  if (typeof nanoseconds === 'string') return Number(BigInt(nanoseconds) / 1000n)
  return Math.floor((nanoseconds ?? 0) / 1000)
}

function toAttributes(pairs: z.infer<typeof attributes>, depth: number): Attributes {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, toValue(value, depth)]))
}

/** An `AnyValue`: an object with the one member that says what it is. */
function toValue(value: unknown, depth: number): AttributeValue {
  if (depth > MAX_DEPTH) throw tooDeep()
  if (typeof value !== 'object' || value === null) return null
  const [[kind, held] = []] = Object.entries(value)
  if (kind === 'stringValue' || kind === 'bytesValue') return typeof held === 'string' ? held : null
  if (kind === 'boolValue') return held === true
  if (kind === 'intValue') return toInteger(held)
  if (kind === 'doubleValue') return toDouble(held)
  if (kind === 'arrayValue') return valuesIn(held).map((item) => toValue(item, depth + 1))
  if (kind !== 'kvlistValue') return null
  const pairs = attributes.safeParse(valuesIn(held))
  return pairs.success ? toAttributes(pairs.data, depth + 1) : null
}

function toInteger(held: unknown): number | string | null {
  if (typeof held === 'string' && /^-?\d{1,20}$/.test(held)) return exactInteger(BigInt(held))
  return typeof held === 'number' ? held : null
}

/** JSON has no numbers for `NaN` and the infinities: they are texts. */
const toDouble = (held: unknown): number | string | null =>
  typeof held === 'number' || typeof held === 'string' ? held : null

function valuesIn(held: unknown): unknown[] {
  const values: unknown = typeof held === 'object' && held !== null ? Reflect.get(held, 'values') : undefined
  return Array.isArray(values) ? values : []
}

function malformed(issue: z.core.$ZodIssue | undefined): HomeportError {
  const param = issue?.path.map(String).join('.')
  return new HomeportError(
    'bad-request',
    'The body is not an ExportTraceServiceRequest in JSON.',
    param ? { param } : {}
  )
}
