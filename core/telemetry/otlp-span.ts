import { HomeportError } from '../errors/homeport-error.ts'

/** What an attribute can hold; integers beyond 2^53 are text. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | AttributeValue[]
  | { [name: string]: AttributeValue }
export type Attributes = Record<string, AttributeValue>

/** A span as a program sent it, in whichever encoding. Times are microseconds since 1970, UTC. */
export interface OtlpSpan {
  /** 32 hex digits, lower case. */
  traceId: string
  /** 16 hex digits, lower case. */
  id: string
  /** Null for the outermost span of a trace. */
  parentId: string | null
  name: string
  startUs: number
  endUs: number
  failed: boolean
  statusMessage: string
  attributes: Attributes
  events: OtlpEvent[]
  /** What is said of the whole program, shared by all its spans. */
  resource: Attributes
}

export interface OtlpEvent {
  name: string
  timeUs: number
  attributes: Attributes
}

/** Values within values; OpenTelemetry itself nests two or three deep. */
export const MAX_DEPTH = 16
/** Spans of one request. The SDKs send 512 at once. */
export const MAX_SPANS = 100_000

/** The id if it is one: as many hex digits, not all of them zero. Throws `bad-request`. */
export function checkedId(id: string, digits: 16 | 32, name: string): string {
  const lower = id.toLowerCase()
  if (lower.length === digits && /^[0-9a-f]+$/.test(lower) && !/^0+$/.test(lower)) return lower
  throw new HomeportError('bad-request', `A span has a ${name} that is not ${digits} hex digits.`)
}

/** An absent parent is empty, or, as some programs have it, all zeros. */
export const checkedParentId = (id: string): string | null =>
  /^0*$/.test(id) ? null : checkedId(id, 16, 'parent span id')

export const tooManySpans = (): HomeportError =>
  new HomeportError('too-large', `A request may hold at most ${MAX_SPANS} spans.`)

export const tooDeep = (): HomeportError =>
  new HomeportError('bad-request', `Values may be nested at most ${MAX_DEPTH} deep.`)

/** An integer of 64 bits as a number where that is exact. */
export const exactInteger = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
